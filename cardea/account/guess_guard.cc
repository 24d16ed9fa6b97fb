// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/guess_guard.h"

#include "cardea/crypto/canonical.h"
#include "cardea/crypto/hmac.h"
#include "cardea/crypto/keyring.h"
#include "cardea/http/address.h"

#include <algorithm>
#include <utility>

namespace cardea::account {

using audit::Rule;

GuessGuard::GuessGuard(
    const GuessPolicy& policy, const crypto::Keyring& keyring, const Clock& clock, Random& random
)
    : policy_(policy),
      keyring_(keyring),
      clock_(clock),
      random_(random),
      secret_(random.secret<32>()),
      tries_(policy.remembered),
      addresses_(random.secret<16>(), ratelimit::Quota(policy.per_address), policy.remembered),
      known_(random.secret<16>(), ratelimit::Quota(policy.per_known_account), policy.remembered) {}

std::optional<TryRefusal> GuessGuard::refuse_address(
    std::string_view client_address, const std::optional<AccountId>& known_to
) {
    if (!policy_.enabled) {
        return std::nullopt;
    }
    const Time now = clock_.now();
    Result<ratelimit::Decision> decision = addresses_.take(http::limit_key(client_address), now);
    if (known_to && decision && !decision->allowed) {
        decision = known_.take(as_text(known_to->bytes()), now);
    }
    if (decision && decision->allowed) {
        return std::nullopt;
    }
    return TryRefusal{Rule::address_limit, decision ? decision->retry_after : policy_.longest_delay};
}

std::expected<AdmittedTry, TryRefusal> GuessGuard::admit(const PasswordTry& attempt) {
    AdmittedTry admitted{.bucket = bucket_of(attempt), .account_bucket = {}, .last_before = {}};
    if (!policy_.enabled) {
        return admitted;
    }
    if (attempt.account) {
        admitted.account_bucket = account_bucket(attempt.account->id);
    }
    const Time now = clock_.now();
    std::optional<TryRefusal> refusal;
    tries_.update(admitted.bucket, [&](Tries& tries) {
        tries.last = std::min(tries.last, now);  // later: the clock was set back
        const Duration wait = wait_before(tries, policy_, now);
        if (wait > Duration::zero()) {
            refusal = TryRefusal{attempt.caller ? Rule::device_delay : Rule::account_delay, wait};
        } else {
            ++tries.count;
            admitted.last_before = std::exchange(tries.last, now);
        }
    });
    if (refusal) {
        return std::unexpected(*refusal);
    }
    return admitted;
}

bool GuessGuard::is_locked(const PasswordTry& attempt) const noexcept {
    return policy_.enabled && attempt.account && !attempt.caller &&
           attempt.account->failed_attempts >= policy_.lock_after;
}

void GuessGuard::succeeded(const AdmittedTry& admitted) {
    tries_.forget(admitted.bucket);
    if (admitted.account_bucket) {
        tries_.forget(*admitted.account_bucket);
    }
}

void GuessGuard::withdrawn(const AdmittedTry& admitted) {
    tries_.update(admitted.bucket, [&admitted](Tries& tries) {
        tries.count = std::max<std::int64_t>(tries.count - 1, 0);
        tries.last = admitted.last_before;
    });
}

void GuessGuard::forget(AccountId account) {
    tries_.forget(account_bucket(account));
}

DeviceCookie GuessGuard::open_device(std::string_view cookie) const {
    Result<DeviceCookie> device = DeviceCookie::open(keyring_, cookie);
    return device ? std::move(*device) : DeviceCookie::make(random_);
}

std::string GuessGuard::seal_device(const DeviceCookie& device) const {
    return device.seal(keyring_, random_);
}

std::optional<KnownCaller> GuessGuard::known_caller(
    const DeviceCookie& device, const std::optional<AccountRecord>& account
) const {
    if (account && device.knows(account->id, clock_.now())) {
        return KnownCaller(device.id());
    }
    return std::nullopt;
}

TriesKey GuessGuard::bucket_of(std::string_view kind, ByteView whose, ByteView from) const {
    const crypto::Canonical name = crypto::Canonical().add(kind).add(whose).add(from);
    const crypto::Mac mac = crypto::hmac_sha256(secret_.expose(), name.bytes());
    TriesKey key{};
    std::copy_n(mac.begin(), key.size(), key.begin());
    return key;
}

TriesKey GuessGuard::account_bucket(AccountId account) const {
    return bucket_of("account", account.bytes(), {});
}

TriesKey GuessGuard::bucket_of(const PasswordTry& attempt) const {
    if (!attempt.account) {
        return bucket_of("name", as_bytes(attempt.name), {});
    }
    if (attempt.caller) {
        return bucket_of("caller", attempt.account->id.bytes(), attempt.caller->bytes());
    }
    return account_bucket(attempt.account->id);
}

}  // namespace cardea::account
