// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/device_cookie.h"
#include "cardea/account/record.h"
#include "cardea/account/tries.h"
#include "cardea/audit/rule.h"
#include "cardea/base/secret.h"
#include "cardea/ratelimit/memory_limiter.h"

#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace cardea::account {

/// A device or a session that is known to belong to the account: guesses from it count on their own.
class KnownCaller {
 public:
    explicit KnownCaller(DeviceId device) noexcept : id_(device.bytes()) {}
    explicit KnownCaller(SessionId session) noexcept : id_(session.bytes()) {}
    [[nodiscard]] ByteView bytes() const noexcept { return id_; }

 private:
    std::array<std::uint8_t, 16> id_;
};

/// Whose password is tried, and from where.
struct PasswordTry {
    const std::optional<AccountRecord>& account;  ///< absent when there is no such name
    std::string_view name;  ///< in the form in which accounts are looked up; read when there is no account
    const std::optional<KnownCaller>& caller;
};

/// One try that was let through. It counts as failed until it is said to have succeeded, so that tries made
/// at the same moment cannot all be free.
struct AdmittedTry {
    TriesKey bucket{};
    std::optional<TriesKey> account_bucket;  ///< also forgotten after a success
    Time last_before;                        ///< of the bucket, should the try be given back
};

/// Why a try was not let through, and when it may be made again.
struct TryRefusal {
    audit::Rule rule = audit::Rule::none;
    Duration wait{};
};

/// The rules against guessing (docs/security.md). A device that signed in to the account before has a bucket
/// of its own and is never locked out; all other devices share the account's bucket, and a name that does not
/// exist has one just like it. A locked account is refused like a wrong password, since there is no lock that
/// a name without an account could have as long. Asked wherever a password is tried, ahead of any hashing. In
/// memory, bounded, thread-safe.
class GuessGuard {
 public:
    GuessGuard(const GuessPolicy& policy, const crypto::Keyring& keyring, const Clock& clock, Random& random);

    /// Counts one try of the address, IPv6 by /64. Where the address has none left, who is known to an
    /// account has some with that, so that neighbours do not keep each other out.
    [[nodiscard]] std::optional<TryRefusal> refuse_address(
        std::string_view client_address, const std::optional<AccountId>& known_to = std::nullopt
    );

    /// Counts one try at the account.
    [[nodiscard]] std::expected<AdmittedTry, TryRefusal> admit(const PasswordTry& attempt);
    /// Whether the account failed too often for strangers: no password is right then.
    [[nodiscard]] bool is_locked(const PasswordTry& attempt) const noexcept;
    /// The password was right: its bucket and the account's are forgotten.
    void succeeded(const AdmittedTry& admitted);
    /// The password was not looked at after all: the try is given back.
    void withdrawn(const AdmittedTry& admitted);
    /// An operator set a new password.
    void forget(AccountId account);

    /// The device behind a device cookie; a new one when the cookie is absent or not ours.
    [[nodiscard]] DeviceCookie open_device(std::string_view cookie) const;
    [[nodiscard]] std::string seal_device(const DeviceCookie& device) const;
    /// The device, if it is known to the account.
    [[nodiscard]] std::optional<KnownCaller> known_caller(
        const DeviceCookie& device, const std::optional<AccountRecord>& account
    ) const;

 private:
    [[nodiscard]] TriesKey bucket_of(std::string_view kind, ByteView whose, ByteView from) const;
    [[nodiscard]] TriesKey account_bucket(AccountId account) const;
    [[nodiscard]] TriesKey bucket_of(const PasswordTry& attempt) const;

    GuessPolicy policy_;
    const crypto::Keyring& keyring_;
    const Clock& clock_;
    Random& random_;
    SecretBytes<32> secret_;
    TriesTable tries_;
    ratelimit::MemoryLimiter addresses_;
    ratelimit::MemoryLimiter known_;
};

}  // namespace cardea::account
