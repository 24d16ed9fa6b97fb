// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/clock.h"
#include "cardea/base/id.h"
#include "cardea/base/random.h"
#include "cardea/base/result.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cardea::crypto {
class Keyring;
}

namespace cardea::account {

/// How long after its last sign-in a device is still known to an account, and how long the cookie is kept.
inline constexpr Duration device_lifetime = std::chrono::days(365);

/// Which accounts were signed in to on one device: a sealed cookie that the browser keeps. Guessing from such
/// a device has a bucket of its own (GuessGuard). It is no credential: it opens nothing.
class DeviceCookie {
 public:
    static constexpr std::size_t max_accounts = 8;

    /// The device of a browser that has no cookie yet.
    [[nodiscard]] static DeviceCookie make(Random& random);
    /// Errc::malformed or Errc::signature_invalid; an empty value is malformed.
    [[nodiscard]] static Result<DeviceCookie> open(const crypto::Keyring& keyring, std::string_view sealed);
    [[nodiscard]] std::string seal(const crypto::Keyring& keyring, Random& random) const;

    [[nodiscard]] DeviceId id() const noexcept { return id_; }
    [[nodiscard]] bool knows(AccountId account, Time now) const noexcept;
    /// The account that signed in last, if the device is still known to it.
    [[nodiscard]] std::optional<AccountId> last_account(Time now) const noexcept;
    /// Notes a sign-in. The account that was used longest ago makes room.
    void add(AccountId account, Time now);

 private:
    struct Use {
        AccountId account;
        Time at;
    };

    explicit DeviceCookie(DeviceId id) noexcept : id_(id) {}

    DeviceId id_;
    std::vector<Use> uses_;  // newest first
};

}  // namespace cardea::account
