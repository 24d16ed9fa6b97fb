// SPDX-License-Identifier: Apache-2.0
#include "cardea/apikey/service.h"

#include <algorithm>
#include <utility>

namespace cardea::apikey {

namespace {

constexpr int authenticate_tries = 4;
constexpr Duration touch_interval = std::chrono::minutes(1);

/// The row of a wish, but for what belongs to the key itself.
Result<ApiKeyRecord> to_record(NewApiKey wish, Time now) {
    if (Result<> named = check_name(wish.name); !named) {
        return propagate(named);
    }
    Result<std::string> scopes = join_scopes(wish.scopes);
    if (!scopes) {
        return propagate(scopes);
    }
    ApiKeyRecord record;
    record.account = wish.account;
    record.name = std::move(wish.name);
    record.scopes = std::move(*scopes);
    record.created_at = now;
    if (wish.lifetime) {
        if (Result<> lives = check_lifetime(*wish.lifetime); !lives) {
            return propagate(lives);
        }
        record.expires_at = now + *wish.lifetime;
    }
    return record;
}

/// The row that follows one that is rotated: what its owner chose stays, and it lives as long again.
ApiKeyRecord successor_of(const ApiKeyRecord& old, Time now) {
    ApiKeyRecord record;
    record.account = old.account;
    record.name = old.name;
    record.scopes = old.scopes;
    record.created_at = now;
    if (old.expires_at) {
        record.expires_at = now + (*old.expires_at - old.created_at);
    }
    return record;
}

}  // namespace

ApiKeyService::ApiKeyService(Parts parts, ApiKeyOptions options)
    : store_(parts.store),
      owners_(parts.owners),
      clock_(parts.clock),
      random_(parts.random),
      prefix_(std::move(options.prefix)),
      cache_(options.cache) {}

KeyPointer ApiKeyService::find_cached(const ApiKeyHash& key_hash) {
    KeyPointer key = cache_.find(key_hash);
    const Time now = clock_.now();
    if (key && decide(key->record(), now) != KeyState::live) {
        key = nullptr;
    }
    if (key) {
        cache_.see(*key, now, touch_interval);
    }
    return key;
}

Task<Result<KeyPointer>> ApiKeyService::authenticate(ApiKeyHash key_hash) {
    // A drop between the reading and the keeping means that what was read may be gone: then it is read again.
    for (int tries = 0; tries < authenticate_tries; ++tries) {
        if (KeyPointer known = find_cached(key_hash)) {
            co_return known;
        }
        const std::uint64_t noted = cache_.begin_fill();
        Result<std::optional<ApiKeyRecord>> found = co_await store_.find(key_hash);
        if (!found) {
            co_return propagate(found);
        }
        std::optional<ApiKeyRecord> row = std::move(*found);
        if (!row) {
            co_return fail(Errc::api_key_unknown, "no such API key");
        }
        ApiKeyRecord record = std::move(*row);
        if (decide(record, clock_.now()) == KeyState::expired) {
            co_await owners_.note_refusal(record, Errc::api_key_expired);
            co_return fail(Errc::api_key_expired, "API key");
        }
        Result<std::shared_ptr<const Owner>> owner = co_await owners_.load(record);
        if (!owner) {
            co_await owners_.note_refusal(record, owner.error().code);
            co_return propagate(owner);
        }
        KeyPointer key = std::make_shared<const LiveKey>(std::move(record), std::move(*owner), noted);
        key = cache_.finish_fill(std::move(key));
        if (key) {
            cache_.see(*key, clock_.now(), touch_interval);
            co_return key;
        }
    }
    co_return fail(Errc::busy, "API key changes while it is read");
}

IssuedApiKey ApiKeyService::make(ApiKeyRecord record) {
    ApiKey key = ApiKey::make(prefix_, random_);
    record.id = ApiKeyId::make(random_);
    record.key_hash = key.hash();
    record.hint = key.hint();
    return {std::move(key), std::move(record)};
}

Result<IssuedApiKey> ApiKeyService::prepare(NewApiKey wish) {
    Result<ApiKeyRecord> record = to_record(std::move(wish), clock_.now());
    if (!record) {
        return propagate(record);
    }
    return make(std::move(*record));
}

Task<Result<>> ApiKeyService::add(ApiKeyRecord record, std::optional<SessionId> session) {
    Terms terms;
    terms.session = session;
    co_return co_await store_.insert(std::move(record), terms);
}

Task<Result<IssuedApiKey>> ApiKeyService::issue(NewApiKey wish) {
    const std::optional<SessionId> session = wish.session;
    Result<IssuedApiKey> issued = prepare(std::move(wish));
    if (!issued) {
        co_return issued;
    }
    Result<> added = co_await add(issued->record, session);
    if (!added) {
        co_return propagate(added);
    }
    co_return issued;
}

Task<Result<ApiKeyRecord>> ApiKeyService::load(AccountId account, ApiKeyId key) {
    Result<std::vector<ApiKeyRecord>> keys = co_await store_.list(account);
    if (!keys) {
        co_return propagate(keys);
    }
    const auto found = std::ranges::find(*keys, key, &ApiKeyRecord::id);
    if (found == keys->end()) {
        co_return fail(Errc::not_found, "API key");
    }
    co_return std::move(*found);
}

Task<Result<IssuedApiKey>> ApiKeyService::rotate(
    AccountId account, ApiKeyId key, Duration overlap, std::optional<SessionId> session
) {
    if (Result<> acceptable = check_overlap(overlap); !acceptable) {
        co_return propagate(acceptable);
    }
    Result<ApiKeyRecord> old = co_await load(account, key);
    if (!old) {
        co_return propagate(old);
    }
    const Time now = clock_.now();
    IssuedApiKey issued = make(successor_of(*old, now));
    Replacement replacement{.old_key = key, .old_expires_at = now + overlap, .new_key = issued.record};
    Terms terms;
    terms.session = session;
    Result<> replaced = co_await store_.replace(std::move(replacement), terms);
    cache_.drop(old->key_hash);  // whatever the store answered: nobody knows whether it took place
    if (!replaced) {
        co_return propagate(replaced);
    }
    co_return issued;
}

Task<Result<bool>> ApiKeyService::revoke(AccountId account, ApiKeyId key, std::optional<SessionId> session) {
    Result<bool> removed = co_await store_.remove(account, key, session);
    cache_.drop(account);
    co_return removed;
}

Task<Result<std::size_t>> ApiKeyService::revoke_all_for(AccountId account) {
    Result<std::size_t> removed = co_await store_.remove_all(account);
    cache_.drop(account);
    co_return removed;
}

Task<Result<std::vector<ApiKeyRecord>>> ApiKeyService::list(AccountId account) {
    co_return co_await store_.list(account);
}

Task<Result<>> ApiKeyService::flush_last_used() {
    std::vector<Touch> touches = cache_.take_touches();
    if (touches.empty()) {
        co_return Result<>{};
    }
    co_return co_await store_.touch(std::move(touches));
}

Task<Result<std::size_t>> ApiKeyService::sweep(std::size_t limit) {
    co_return co_await store_.purge_expired(clock_.now() - expired_keys_stay, limit);
}

}  // namespace cardea::apikey
