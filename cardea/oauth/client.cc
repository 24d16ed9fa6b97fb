// SPDX-License-Identifier: Apache-2.0
#include "cardea/oauth/client.h"

#include "cardea/http/media_type.h"
#include "cardea/http/query.h"
#include "cardea/log/log.h"
#include "cardea/oauth/detail/pause.h"
#include "cardea/oauth/detail/requests.h"
#include "cardea/oauth/id_token.h"

namespace cardea::oauth {
namespace {

constexpr Duration metadata_lifetime = std::chrono::hours(24);
constexpr Duration discovery_retry = std::chrono::seconds(5);
constexpr std::size_t min_browser_bytes = 16;
// Half of what a fetch::Client lets wait, so that a provider that hangs stands in nobody else's way.
constexpr std::size_t max_exchanges = 32;

/// A sign-in that came back, from the first question to the provider until the last answer.
class Exchange {
 public:
    explicit Exchange(std::shared_ptr<std::atomic<std::size_t>> all)
        : all_(std::move(all)), is_admitted_(all_->fetch_add(1) < max_exchanges) {}
    ~Exchange() { all_->fetch_sub(1); }
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;

    [[nodiscard]] bool is_admitted() const noexcept { return is_admitted_; }

 private:
    std::shared_ptr<std::atomic<std::size_t>> all_;
    bool is_admitted_;
};

}  // namespace

/// Where a provider is asked, and its keys, which refresh themselves.
struct Client::Provider {
    ProviderMetadata metadata;
    std::shared_ptr<RemoteKeySet> keys;  // GitHub has none
    Time fresh_until;
};

Client::Client(ProviderOptions options, ClientParts parts) : options_(std::move(options)), parts_(parts) {
    if (options_.metadata) {
        keep(*options_.metadata, Time::max());
    }
}

Client::~Client() = default;

Result<std::unique_ptr<Client>> Client::make(ProviderOptions options, ClientParts parts) {
    if (Result<> good = check_options(options); !good) {
        return propagate(good);
    }
    return std::unique_ptr<Client>(new Client(std::move(options), parts));
}

Task<Result<std::string>> Client::begin_authorization(AuthorizationOptions asked, std::string browser) {
    if (browser.size() < min_browser_bytes) {
        co_return fail(Errc::internal, "oauth: nothing random binds this sign-in to its browser");
    }
    if (asked.max_age && options_.protocol != Protocol::openid) {
        co_return fail(Errc::unsupported, "oauth: only OpenID Connect proves when somebody signed in");
    }
    const Result<ProviderPointer> provider = co_await this->provider();
    if (!provider) {
        co_return std::unexpected(provider.error());
    }
    const Time now = parts_.clock.now();
    std::optional<Time> sign_in_since;
    if (asked.max_age) {
        sign_in_since = now - *asked.max_age;
    }
    const auto pending =
        PendingAuthorization::make(asked.next, now, parts_.random).with_sign_in_since(sign_in_since);
    const AuthorizationTag tag{
        .state = pending.seal(parts_.keyring, binding(browser), parts_.random),
        .nonce = pending.nonce(),
        .code_challenge = pending.code_challenge(),
    };
    co_return authorization_url(options_, (*provider)->metadata, tag, asked);
}

Task<Result<SignedIn>> Client::finish_authorization(std::string query, std::string browser) {
    if (browser.size() < min_browser_bytes) {
        co_return fail(Errc::csrf_rejected, "oauth: this browser began no sign-in");
    }
    Result<AuthorizationResponse> response = AuthorizationResponse::parse(query);
    if (!response) {
        co_return propagate(response);
    }
    const Exchange under_way(exchanges_);
    if (!under_way.is_admitted()) {
        co_return fail(Errc::busy, "oauth: too many sign-ins come back at once");
    }
    co_return co_await exchange_code(std::move(*response), std::move(browser));
}

Task<Result<SignedIn>> Client::exchange_code(AuthorizationResponse response, std::string browser) {
    auto pending =
        PendingAuthorization::open(response.state(), parts_.keyring, binding(browser), parts_.clock.now());
    if (!pending) {
        co_return propagate(pending);
    }
    Result<ProviderPointer> provider = co_await this->provider();
    if (!provider) {
        co_return propagate(provider);
    }
    Result<SecretText> code = response.code((*provider)->metadata);
    if (!code) {
        co_return propagate(code);
    }
    http::ClientRequest request =
        detail::code_request(options_, (*provider)->metadata, *code, pending->code_verifier());
    Result<Tokens> tokens = co_await exchange(std::move(request));
    if (!tokens) {
        co_return propagate(tokens);
    }
    Provider& from = **provider;
    const Tokens& issued = *tokens;
    Asked asked{pending->nonce(), pending->sign_in_since()};
    Result<Identity> identity = co_await identify(from, issued, std::move(asked));
    if (!identity) {
        co_return propagate(identity);
    }
    co_return SignedIn{std::move(*identity), std::move(*tokens), pending->next()};
}

Task<Result<Tokens>> Client::refresh(SecretText refresh_token, std::string subject) {
    Result<ProviderPointer> provider = co_await this->provider();
    if (!provider) {
        co_return propagate(provider);
    }
    http::ClientRequest request = detail::refresh_request(options_, (*provider)->metadata, refresh_token);
    Result<Tokens> tokens = co_await exchange(std::move(request));
    if (!tokens) {
        co_return propagate(tokens);
    }
    if (!tokens->id_token.empty() && options_.protocol == Protocol::openid) {
        Provider& from = **provider;
        const Tokens& issued = *tokens;
        Asked nothing;
        Result<jose::VerifiedClaims> claims = co_await verify(from, issued, std::move(nothing));
        if (!claims) {
            co_return propagate(claims);
        }
        if (claims->subject() != subject) {  // Core 12.2
            co_return fail(Errc::invalid, "oauth: refreshed ID token of another person");
        }
    }
    if (tokens->refresh_token.empty()) {  // RFC 6749 section 6: then the old one goes on
        tokens->refresh_token = std::move(refresh_token);
    }
    co_return std::move(*tokens);
}

Task<Result<std::string>> Client::end_session_url(std::string post_logout_redirect_uri) {
    const Result<ProviderPointer> provider = co_await this->provider();
    if (!provider) {
        co_return std::unexpected(provider.error());
    }
    const std::optional<http::Url>& endpoint = (*provider)->metadata.end_session_endpoint;
    if (!endpoint) {
        co_return fail(Errc::unsupported, "oauth: the provider has no end_session_endpoint");
    }
    std::string url = endpoint->to_string();
    url.append(endpoint->query() ? "" : "?");
    http::append_field(url, "client_id", options_.registration.client_id);
    if (!post_logout_redirect_uri.empty()) {
        http::append_field(url, "post_logout_redirect_uri", post_logout_redirect_uri);
    }
    co_return url;
}

Task<Result<Client::ProviderPointer>> Client::provider() {
    ProviderPointer known = known_provider();
    if (known != nullptr && (!is_discovery_due() || discovery_.is_under_way())) {
        co_return known;
    }
    const std::optional<SingleFlight::Lead> lead = co_await discovery_.join();
    if (lead && is_discovery_due()) {
        Result<> discovered = co_await discover();
        if (!discovered && known == nullptr) {
            co_return propagate(discovered);
        }
    }
    known = known_provider();  // an old one is better than none
    if (known != nullptr) {
        co_return known;
    }
    co_return fail(Errc::upstream_unavailable, "oauth: no metadata of " + options_.issuer);
}

Task<Result<>> Client::discover() {
    const Result<http::Url> url = metadata_url(options_.issuer);
    if (!url) {
        co_return std::unexpected(url.error());
    }
    http::ClientRequest request = http::ClientRequest::get(*url);
    request.add_header("Accept", "application/json");
    Result<http::ClientResponse> response = co_await parts_.http.send(std::move(request));
    Result<ProviderMetadata> metadata = detail::read_metadata_response(response, options_.issuer);
    if (metadata) {
        keep(std::move(*metadata), parts_.clock.now() + metadata_lifetime);
        co_return Result<>{};
    }
    log::warning("oauth.not_discovered", {{"issuer", options_.issuer}, {"error", metadata.error()}});
    {
        const std::lock_guard lock(mutex_);
        may_discover_from_ = parts_.clock.now() + discovery_retry;
    }
    co_return propagate(metadata);
}

Client::ProviderPointer Client::known_provider() const {
    const std::lock_guard lock(mutex_);
    return provider_;
}

bool Client::is_discovery_due() const {
    const Time now = parts_.clock.now();
    const std::lock_guard lock(mutex_);
    const bool is_needed = provider_ == nullptr || now >= provider_->fresh_until;
    return is_needed && !detail::has_to_wait(now, may_discover_from_, discovery_retry);
}

void Client::keep(ProviderMetadata metadata, Time fresh_until) {
    auto provider = std::make_shared<Provider>(std::move(metadata), nullptr, fresh_until);
    const ProviderPointer before = known_provider();
    const std::optional<http::Url>& jwks_uri = provider->metadata.jwks_uri;
    if (jwks_uri && before != nullptr && before->metadata.jwks_uri == jwks_uri) {
        provider->keys = before->keys;  // what they have outlives a provider that is down
    } else if (jwks_uri) {
        const RemoteKeySetOptions options{.accepted = options_.id_token_algorithms};
        provider->keys = std::make_shared<RemoteKeySet>(*jwks_uri, options, parts_.http, parts_.clock);
    }
    const std::lock_guard lock(mutex_);
    provider_ = std::move(provider);
}

Task<Result<Tokens>> Client::exchange(http::ClientRequest request) {
    Result<http::ClientResponse> response = co_await parts_.http.send(std::move(request));
    if (!response) {
        co_return propagate(response);
    }
    co_return read_token_response(response->status(), response->body(), parts_.clock.now());
}

Task<Result<jose::VerifiedClaims>> Client::verify(Provider& provider, const Tokens& tokens, Asked asked) {
    Result<jose::UnverifiedJwt> unverified = jose::UnverifiedJwt::parse(tokens.id_token.expose());
    if (!unverified) {
        co_return propagate(unverified);
    }
    if (!provider.keys) {
        co_return fail(Errc::unsupported, "oauth: the provider has no keys");
    }
    const jose::KeyQuery query{unverified->algorithm(), unverified->kid()};
    Result<> ready = co_await provider.keys->prepare(query);
    if (!ready) {
        co_return propagate(ready);
    }
    const IdTokenContext context{
        parts_.clock.now(), std::move(asked.nonce), tokens.access_token, asked.sign_in_since
    };
    co_return verify_id_token(tokens.id_token.expose(), options_, *provider.keys, context);
}

Task<Result<Identity>> Client::identify(Provider& provider, const Tokens& tokens, Asked asked) {
    if (options_.protocol == Protocol::github) {
        co_return co_await identify_at_github(provider, tokens);
    }
    Result<jose::VerifiedClaims> claims = co_await verify(provider, tokens, std::move(asked));
    if (!claims) {
        co_return propagate(claims);
    }
    Result<Identity> identity = identity_from_claims(options_.issuer, claims->json());
    const std::optional<http::Url>& endpoint = provider.metadata.userinfo_endpoint;
    if (!identity || !identity->email.empty() || !endpoint) {
        co_return identity;
    }
    Result<Json> userinfo = co_await get_json(*endpoint, tokens.access_token);
    if (!userinfo) {
        co_return propagate(userinfo);
    }
    co_return add_userinfo(*identity, *userinfo);
}

Task<Result<Identity>> Client::identify_at_github(Provider& provider, const Tokens& tokens) {
    const std::optional<http::Url>& endpoint = provider.metadata.userinfo_endpoint;
    if (!endpoint) {
        co_return fail(Errc::unsupported, "oauth: the provider has no userinfo_endpoint");
    }
    Result<http::Url> emails_url = http::parse_url(endpoint->to_string() + "/emails");
    if (!emails_url) {
        co_return propagate(emails_url);
    }
    Result<Json> user = co_await get_json(*endpoint, tokens.access_token);
    if (!user) {
        co_return propagate(user);
    }
    Result<Json> emails = co_await get_json(*emails_url, tokens.access_token);
    if (!emails) {
        co_return propagate(emails);
    }
    co_return identity_from_github(options_.issuer, *user, *emails);
}

Task<Result<Json>> Client::get_json(http::Url url, const SecretText& access_token) {
    http::ClientRequest request = detail::resource_request(std::move(url), access_token);
    Result<http::ClientResponse> response = co_await parts_.http.send(std::move(request));
    if (!response) {
        co_return propagate(response);
    }
    if (response->status() != 200) {
        co_return fail(
            Errc::upstream_unavailable, "oauth: userinfo: status " + std::to_string(response->status())
        );
    }
    if (!http::is_json_type(response->header("Content-Type"))) {
        co_return fail(Errc::unsupported, "oauth: userinfo that is no JSON");
    }
    co_return parse_json(response->body());
}

StateBinding Client::binding(std::string_view browser) const noexcept {
    return {browser, options_.issuer, options_.registration.client_id, options_.registration.redirect_uri};
}

}  // namespace cardea::oauth
