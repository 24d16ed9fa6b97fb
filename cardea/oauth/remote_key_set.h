// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/clock.h"
#include "cardea/base/single_flight.h"
#include "cardea/http/client.h"
#include "cardea/jose/key_source.h"

#include <memory>
#include <mutex>

namespace cardea::oauth {

/// When the keys of a provider are fetched.
struct RemoteKeySetOptions {
    jose::JwsAlgorithms accepted;
    /// A `kid` that is not known makes us fetch at most this often, however many are made up.
    Duration min_refresh = std::chrono::minutes(1);
    Duration retry_after_failure = std::chrono::seconds(5);
    /// `Cache-Control: max-age` is followed between the first two; without it, the third holds.
    Duration min_lifetime = std::chrono::minutes(5);
    Duration max_lifetime = std::chrono::hours(24);
    Duration default_lifetime = std::chrono::hours(1);
    /// How long keys are used past their lifetime while they cannot be fetched anew.
    Duration stale_lifetime = std::chrono::hours(24);
};

/// A source whose find() answers from the keys that it has fetched: whoever verifies awaits prepare() before.
/// Thread-safe.
class FetchingKeySource : public jose::KeySource {
 public:
    /// Sees to it that find() answers from keys that are fresh enough. Errc::upstream_unavailable when there
    /// are none and none can be had. A key that still is not there is find()'s to tell.
    [[nodiscard]] virtual Task<Result<>> prepare(jose::KeyQuery query) const = 0;
};

/// The keys at a `jwks_uri`, as a KeySource for any JwtVerifier:
///
///     const Result<> ready = co_await keys.prepare(query);
///     verifier.verify(token, now);
///
/// The first line may fetch, together with whoever else waits; the second never does. Keys are fetched when
/// they are first needed, when their lifetime is over, and when a `kid` is not known, since providers rotate.
/// One fetch at a time; a failed one leaves the old keys in place. Thread-safe.
class RemoteKeySet final : public FetchingKeySource {
 public:
    RemoteKeySet(http::Url jwks_uri, RemoteKeySetOptions options, http::Client& http, const Clock& clock);
    ~RemoteKeySet() override;

    [[nodiscard]] Task<Result<>> prepare(jose::KeyQuery query) const override;

    /// Errc::not_found too while there are no keys, or only keys that are too old.
    [[nodiscard]] Result<std::shared_ptr<const jose::VerificationKey>> find(const jose::KeyQuery& query
    ) const override;

 private:
    struct Keys;
    /// What is missing for a token to be verified.
    enum class Need : std::uint8_t { nothing, fresher_keys, this_key, any_keys };

    [[nodiscard]] std::shared_ptr<const Keys> keys() const;
    [[nodiscard]] Need need(const jose::KeyQuery& query) const;
    /// Whether it is time to; a fetch for a key that is not known is counted by asking.
    [[nodiscard]] bool take_turn(Need need) const;
    [[nodiscard]] Task<Result<>> fetch() const;
    [[nodiscard]] Result<Keys> read(const http::ClientResponse& response) const;
    void keep(Result<Keys> fetched) const;

    const http::Url jwks_uri_;
    const RemoteKeySetOptions options_;
    http::Client& http_;
    const Clock& clock_;
    mutable SingleFlight flight_;
    mutable std::mutex mutex_;
    mutable std::shared_ptr<const Keys> keys_;
    mutable Time may_fetch_from_;
    mutable Time may_look_for_key_from_;
};

/// How long an answer with this Cache-Control header may be kept, by its `max-age` (RFC 9111 section
/// 5.2.2.1); nullopt when it does not say, zero for `no-store` and `no-cache`.
[[nodiscard]] std::optional<std::chrono::seconds> cache_lifetime(std::string_view cache_control) noexcept;

}  // namespace cardea::oauth
