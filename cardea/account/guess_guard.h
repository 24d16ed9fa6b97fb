// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/device_cookie.h"
#include "cardea/account/tries.h"
#include "cardea/audit/reference.h"
#include "cardea/base/random.h"
#include "cardea/base/result.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace cardea::account {

/// One try at a password that was let through. It counts as failed until it is said to have succeeded, so
/// that tries made at the same moment cannot all be free.
struct AdmittedTry {
    TriesKey key{};
    std::optional<AccountId> account;
};

/// Why a try was not let through, and when it may be made again.
struct TryRefusal {
    audit::Rule rule = audit::Rule::none;
    Duration wait{};
};

/// Whose password is tried, and from where.
struct PasswordTry {
    std::optional<AccountId> account;  ///< absent when there is no such name
    std::string_view name;             ///< its canonical form; read only when there is no account
    std::int64_t failed_attempts = 0;  ///< of the account's row
    const DeviceCookie* device = nullptr;
};

/// The rules against guessing (docs/security.md): a device that signed in to the account before has a bucket
/// of its own and is never locked out; all other devices share the account's bucket, and a name that does not
/// exist has one like it. In memory, bounded, thread-safe. Where password tries are checked, whichever door
/// they come through, this is asked first.
class GuessGuard {
 public:
    GuessGuard(const GuessPolicy& policy, const Clock& clock, Random& random);
    ~GuessGuard();
    GuessGuard(const GuessGuard&) = delete;
    GuessGuard& operator=(const GuessGuard&) = delete;

    /// Counts one try of the address, IPv6 by /64; asked before anything is looked up.
    [[nodiscard]] std::optional<TryRefusal> refuse_address(std::string_view client_address);

    /// Counts one try at the account, before any hashing.
    [[nodiscard]] std::expected<AdmittedTry, TryRefusal> admit(const PasswordTry& attempt);

    /// The password was right: what was counted against this bucket and the account's own is forgotten.
    void succeeded(const AdmittedTry& admitted);
    /// The password was not looked at after all (the pool was full): the try is given back.
    void withdrawn(const AdmittedTry& admitted);
    /// An operator set a new password.
    void forget(AccountId account);

 private:
    [[nodiscard]] TriesKey key_of(std::string_view kind, ByteView id) const;
    [[nodiscard]] TriesKey key_of(AccountId account) const;

    GuessPolicy policy_;
    const Clock& clock_;
    SecretBytes<32> secret_;
    TriesTable tries_;
    class Addresses;
    std::unique_ptr<Addresses> addresses_;
};

}  // namespace cardea::account
