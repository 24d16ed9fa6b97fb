// SPDX-License-Identifier: Apache-2.0
#include "cardea/oauth/remote_key_set.h"

#include "cardea/http/headers.h"
#include "cardea/log/log.h"
#include "cardea/oauth/detail/pause.h"

#include <algorithm>
#include <charconv>

namespace cardea::oauth {

/// Keys as they were fetched at one time. Immutable, so that who reads them needs no lock.
struct RemoteKeySet::Keys {
    jose::KeySet set;
    Time fresh_until;
    Time usable_until;
};

RemoteKeySet::RemoteKeySet(
    http::Url jwks_uri, RemoteKeySetOptions options, http::Client& http, const Clock& clock
)
    : jwks_uri_(std::move(jwks_uri)), options_(options), http_(http), clock_(clock) {}

RemoteKeySet::~RemoteKeySet() = default;

std::shared_ptr<const RemoteKeySet::Keys> RemoteKeySet::keys() const {
    const std::lock_guard lock(mutex_);
    return keys_ != nullptr && clock_.now() < keys_->usable_until ? keys_ : nullptr;
}

Result<std::shared_ptr<const jose::VerificationKey>> RemoteKeySet::find(const jose::KeyQuery& query) const {
    const std::shared_ptr<const Keys> keys = this->keys();
    if (keys == nullptr) {
        return fail(Errc::not_found, "oauth: no keys of " + jwks_uri_.host());
    }
    Result<std::shared_ptr<const jose::VerificationKey>> key = keys->set.find(query);
    if (!key) {
        return key;
    }
    // The key lives as long as the set it stands in.
    return std::shared_ptr<const jose::VerificationKey>(keys, key->get());
}

RemoteKeySet::Need RemoteKeySet::need(const jose::KeyQuery& query) const {
    const std::shared_ptr<const Keys> keys = this->keys();
    if (keys == nullptr) {
        return Need::any_keys;
    }
    const Result<std::shared_ptr<const jose::VerificationKey>> key = keys->set.find(query);
    if (!key && key.error().code == Errc::not_found) {
        return Need::this_key;
    }
    return clock_.now() < keys->fresh_until ? Need::nothing : Need::fresher_keys;
}

bool RemoteKeySet::take_turn(Need need) const {
    const Time now = clock_.now();
    const std::lock_guard lock(mutex_);
    const bool has_failed = detail::has_to_wait(now, may_fetch_from_, options_.retry_after_failure);
    if (need == Need::nothing || has_failed) {
        return false;
    }
    if (need == Need::this_key) {
        if (detail::has_to_wait(now, may_look_for_key_from_, options_.min_refresh)) {
            return false;
        }
        may_look_for_key_from_ = now + options_.min_refresh;
    }
    return true;
}

Task<Result<>> RemoteKeySet::prepare(jose::KeyQuery query) const {
    const Need first = need(query);
    if (first == Need::nothing || (first == Need::fresher_keys && flight_.is_under_way())) {
        co_return Result<>{};
    }
    const std::optional<SingleFlight::Lead> lead = co_await flight_.join();
    // Whoever waited takes what came of it. Whoever has the lead may find that all was done meanwhile.
    if (lead && take_turn(need(query))) {
        Result<> fetched = co_await fetch();
        if (!fetched && need(query) == Need::any_keys) {
            co_return fetched;
        }
    }
    if (need(query) == Need::any_keys) {
        co_return fail(Errc::upstream_unavailable, "oauth: no keys of " + jwks_uri_.host());
    }
    co_return Result<>{};
}

Task<Result<>> RemoteKeySet::fetch() const {
    http::ClientRequest request = http::ClientRequest::get(jwks_uri_);
    request.add_header("Accept", "application/jwk-set+json, application/json");
    Result<http::ClientResponse> response = co_await http_.send(std::move(request));
    Result<Keys> keys = response ? read(*response) : Result<Keys>(propagate(response));
    Result<> outcome = keys ? Result<>() : Result<>(std::unexpected(keys.error()));
    if (!outcome) {
        log::warning("oauth.keys_not_fetched", {{"host", jwks_uri_.host()}, {"error", outcome.error()}});
    }
    keep(std::move(keys));
    co_return outcome;
}

Result<RemoteKeySet::Keys> RemoteKeySet::read(const http::ClientResponse& response) const {
    if (response.status() != 200) {
        return fail(Errc::upstream_unavailable, "oauth: keys: status " + std::to_string(response.status()));
    }
    Result<jose::JwkSet> set = jose::JwkSet::parse(response.body());
    if (!set) {
        return propagate(set);
    }
    jose::KeySet keys = jose::KeySet::make(*set, options_.accepted);
    if (keys.size() == 0) {
        return fail(Errc::upstream_unavailable, "oauth: keys: none that can be used");
    }
    const std::optional<std::chrono::seconds> said = cache_lifetime(response.header("Cache-Control"));
    const Duration lifetime = said ? std::clamp<Duration>(*said, options_.min_lifetime, options_.max_lifetime)
                                   : options_.default_lifetime;
    const Time fresh_until = clock_.now() + lifetime;
    return Keys{std::move(keys), fresh_until, fresh_until + options_.stale_lifetime};
}

void RemoteKeySet::keep(Result<Keys> fetched) const {
    const std::lock_guard lock(mutex_);
    if (fetched) {
        keys_ = std::make_shared<const Keys>(std::move(*fetched));
    } else {
        may_fetch_from_ = clock_.now() + options_.retry_after_failure;
    }
}

std::optional<std::chrono::seconds> cache_lifetime(std::string_view cache_control) noexcept {
    std::optional<std::chrono::seconds> lifetime;
    while (!cache_control.empty()) {
        const std::string_view directive = http::take_list_member(cache_control, ',');
        if (http::equals_ignoring_case(directive, "no-store") ||
            http::equals_ignoring_case(directive, "no-cache")) {
            return std::chrono::seconds(0);
        }
        constexpr std::string_view name = "max-age=";
        if (!http::equals_ignoring_case(directive.substr(0, name.size()), name)) {
            continue;
        }
        std::uint32_t seconds = 0;
        const std::string_view digits = directive.substr(name.size());
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
        if (error == std::errc() && end == digits.data() + digits.size()) {
            lifetime = std::chrono::seconds(seconds);
        }
    }
    return lifetime;
}

}  // namespace cardea::oauth
