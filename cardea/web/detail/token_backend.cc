// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/detail/token_backend.h"

#include "cardea/base/base64url.h"
#include "cardea/base/json_writer.h"
#include "cardea/crypto/sha256.h"
#include "cardea/http/headers.h"
#include "cardea/log/log.h"
#include "cardea/web/bearer_jwt.h"
#include "cardea/web/detail/credential_refusal.h"
#include "cardea/web/request.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace cardea::web {
namespace {

constexpr crypto::Purpose access_purpose("web/access-token");
constexpr crypto::Purpose refresh_purpose("web/refresh-token");
constexpr std::string_view family_claim = "sid";
constexpr std::string_view refresh_member = "refresh";

/// What the store knows of the one refresh token of a family that is good.
std::string hash_of(std::string_view jti) {
    return base64url_encode(crypto::sha256(as_bytes(jti)));
}

/// The family that a token belongs to: the hash that stands in the store, whose preimage nobody has.
std::optional<session::TokenHash> family_of(const Result<jose::VerifiedClaims>& claims) {
    session::TokenHash family{};
    const std::optional<std::string_view> text =
        claims ? claims->json().find_text(family_claim) : std::nullopt;
    return text && base64url_decode(*text, family) ? std::optional(family) : std::nullopt;
}

std::unexpected<Error> no_store() {
    return fail(Errc::internal, "tokens without a store cannot be revoked: give Tokens a .store");
}

session::Credential credential_of(const session::TokenHash& family) {
    return {.token_hash = family, .transport = session::Transport::bearer};
}

std::string join(const std::vector<std::string>& scopes) {
    std::string joined;
    for (const std::string& scope : scopes) {
        joined.append(joined.empty() ? "" : " ").append(scope);
    }
    return joined;
}

std::optional<std::string_view> find_header(const Request& request) {
    return http::find_bearer_token(request.header("Authorization"));
}

/// What a credential that stands for `limited` alone may do, now that its person is `now`: no more than
/// before, and nothing that the person may not.
User within(const User& limited, User now) {
    std::vector<std::string> scopes;
    std::ranges::copy_if(limited.scopes, std::back_inserter(scopes), [&](const std::string& scope) {
        return now.has_scope(scope);
    });
    now.scopes = std::move(scopes);
    now.is_limited = true;
    return now;
}

/// Everything that makes a token no good is one answer.
Errc as_refusal(Errc code) noexcept {
    return refuses_credential(code) ? Errc::unauthenticated : code;
}

}  // namespace

Result<> TokenBackend::start(Setup& setup) {
    Result<crypto::Keyring> keyring = options_.secret.keyring();
    if (!keyring) {
        return propagate(keyring);
    }
    keyring_ = std::move(*keyring);
    clock_ = &setup.clock;
    random_ = &setup.random;
    const std::string issuer = setup.origin.text();
    const TokenSigner::Parties parties{issuer, options_.audience.empty() ? issuer : options_.audience};
    access_ = std::make_unique<const TokenSigner>(*keyring_, access_purpose, "at+jwt", parties);
    refresh_ = std::make_unique<const TokenSigner>(*keyring_, refresh_purpose, "rt+jwt", parties);
    if (!options_.cookie_name.empty()) {
        Result<TokenCookies> cookies = TokenCookies::make(options_.cookie_name, setup.origin);
        if (!cookies) {
            return propagate(cookies);
        }
        cookies_ = std::move(*cookies);
        setup.keyring = setup.keyring != nullptr ? setup.keyring : &*keyring_;
    }
    if (!options_.store) {
        return {};
    }
    return sessions_.start(options_.store, {options_.refresh, options_.absolute}, setup);
}

std::vector<SecurityScheme> TokenBackend::security_schemes() const {
    std::vector<SecurityScheme> schemes{
        {"bearer", R"({"type":"http","scheme":"bearer","bearerFormat":"JWT"})"}
    };
    if (cookies_) {
        schemes.push_back(
            {"token_cookie", R"({"type":"apiKey","in":"cookie","name":")" + cookies_->access_name() + "\"}"}
        );
    }
    return schemes;
}

std::optional<std::string_view> TokenBackend::find_cookie(const Request& request) const {
    return cookies_ ? cookies_->find_access(request) : std::nullopt;
}

SecretText TokenBackend::refresh_token_of(const Request& request) const {
    return cookies_ ? cookies_->refresh_token(request) : SecretText();
}

bool TokenBackend::has_credential(const Request& request) const {
    return find_header(request).has_value() || find_cookie(request).has_value();
}

Result<jose::VerifiedClaims> TokenBackend::verify_access(const Request& request) const {
    const std::optional<std::string_view> header = find_header(request);
    const std::optional<std::string_view> cookie = find_cookie(request);
    if (header && cookie) {
        return fail(Errc::ambiguous_credentials, "token in header and cookie");
    }
    const std::string_view token = header ? *header : cookie.value_or(std::string_view());
    Result<jose::VerifiedClaims> claims = access_->verify(http::trim(token), clock_->now());
    if (!claims) {
        return fail(Errc::unauthenticated, claims.error().context);
    }
    return claims;
}

std::optional<Result<Authenticated>> TokenBackend::authenticate_at_once(Request& request) {
    if (has_families()) {
        return std::nullopt;
    }
    return user_of(request, verify_access(request));
}

Task<Result<Authenticated>> TokenBackend::authenticate(Request& request) {
    Result<jose::VerifiedClaims> claims = verify_access(request);
    if (claims && has_families()) {
        const std::optional<session::TokenHash> family = family_of(claims);
        const Result<> live = co_await check_family(family.value_or(session::TokenHash()));
        if (!live) {
            co_return fail(live.error().code, live.error().context);
        }
    }
    co_return user_of(request, claims);
}

Result<Authenticated> TokenBackend::user_of(
    const Request& request, const Result<jose::VerifiedClaims>& claims
) {
    if (!claims) {
        return fail(claims.error().code, claims.error().context);
    }
    Result<User> user = user_of_claims(*claims);
    if (!user) {
        return propagate(user);
    }
    const auto transport = find_header(request) ? session::Transport::bearer : session::Transport::cookie;
    return Authenticated{.user = std::move(*user), .transport = transport};
}

Task<Result<>> TokenBackend::check_family(session::TokenHash family) {
    const Result<session::SessionPointer> live =
        co_await sessions_.service().authenticate(credential_of(family));
    if (!live) {
        co_return fail(as_refusal(live.error().code), live.error().context);
    }
    co_return Result<>{};
}

Result<std::string> TokenBackend::sign_access(const User& user, const session::TokenHash* family) const {
    const Time now = clock_->now();
    jose::Claims claims;
    claims.subject(user.id).issued_at(now).expires_at(now + options_.access);
    claims.id(base64url_encode(random_->bytes<16>())).set("name", Json(user.name));
    if (!user.scopes.empty()) {
        claims.set("scope", Json(join(user.scopes)));
    }
    if (user.is_limited) {
        claims.set(limited_claim, Json(true));
    }
    if (family != nullptr) {
        claims.set(family_claim, Json(base64url_encode(*family)));
    }
    return access_->sign(std::move(claims));
}

Result<TokenPair> TokenBackend::sign_pair(const Grant& grant) const {
    Result<std::string> access = sign_access(grant.user, &grant.family);
    if (!access) {
        return propagate(access);
    }
    const Time now = clock_->now();
    jose::Claims claims;
    claims.subject(grant.user.id).issued_at(now).expires_at(now + options_.refresh).id(grant.jti);
    claims.set(family_claim, Json(base64url_encode(grant.family)));
    const Result<std::string> refresh = refresh_->sign(std::move(claims));
    if (!refresh) {
        return fail(refresh.error().code, refresh.error().context);
    }
    TokenPair pair;
    pair.access = std::move(*access);
    pair.refresh = SecretText(*refresh);
    pair.expires_in = std::chrono::floor<std::chrono::seconds>(options_.access);
    return pair;
}

Task<Result<TokenPair>> TokenBackend::issue(User user) {
    if (access_ == nullptr) {
        co_return fail(Errc::internal, "Tokens in no App: add app.use(authentication(tokens))");
    }
    if (!has_families()) {
        Result<std::string> access = sign_access(user, nullptr);
        if (!access) {
            co_return propagate(access);
        }
        TokenPair alone;
        alone.access = std::move(*access);
        alone.expires_in = std::chrono::floor<std::chrono::seconds>(options_.access);
        co_return alone;
    }
    const std::string jti = base64url_encode(random_->bytes<32>());
    Json content = content_of(user);
    content[refresh_member] = Json(hash_of(jti));
    session::NewSession wish;
    wish.account = account_of(user);
    wish.transport = session::Transport::bearer;
    wish.persistence = session::Persistence::persistent;
    wish.data = to_string(content);
    Result<session::IssuedSession> issued = co_await sessions_.service().issue(std::move(wish));
    if (!issued) {
        co_return propagate(issued);
    }
    const Grant grant{.user = user, .family = issued->record.token_hash, .jti = jti};
    co_return sign_pair(grant);
}

Task<Result<TokenPair>> TokenBackend::refresh(SecretText token) {
    if (!has_families()) {
        co_return fail(Errc::internal, "refresh tokens need a store: give Tokens a .store");
    }
    const Result<jose::VerifiedClaims> claims = refresh_->verify(token.expose(), clock_->now());
    const std::optional<session::TokenHash> family = family_of(claims);
    const std::optional<std::string_view> id = claims ? claims->id() : std::nullopt;
    if (!family || !id) {
        co_return fail(Errc::unauthenticated, "no refresh token");
    }
    Result<session::SessionPointer> live = co_await sessions_.service().authenticate(credential_of(*family));
    if (!live) {
        co_return fail(as_refusal(live.error().code), live.error().context);
    }
    const std::int64_t version = (*live)->record().version;
    const FoundSession found = found_session(std::move(*live));
    if (found.content->json().find_text(refresh_member) != hash_of(*id) || !found.content->user()) {
        co_return co_await end_replayed(*family);
    }
    const Result<User> user = co_await reload(*found.content->user(), *family);
    if (!user) {
        co_return fail(user.error().code, user.error().context);
    }
    const std::string jti = base64url_encode(random_->bytes<32>());
    Json content = content_of(*user);
    content[refresh_member] = Json(hash_of(jti));
    const Result<> written = co_await sessions_.service().update_data(*family, to_string(content), version);
    if (!written && written.error().code == Errc::conflict) {  // somebody used it at the same moment
        co_return co_await end_replayed(*family);
    }
    if (!written) {
        co_return fail(as_refusal(written.error().code), written.error().context);
    }
    const Grant grant{.user = *user, .family = *family, .jti = jti};
    co_return sign_pair(grant);
}

/// Who the user is by now. One that is gone, or is not the same any more, takes the family along.
Task<Result<User>> TokenBackend::reload(User user, session::TokenHash family) {
    if (!options_.reload) {
        co_return user;
    }
    Result<std::optional<User>> found = co_await options_.reload(user.id);
    if (!found) {
        co_return propagate(found);
    }
    if (std::optional<User>& now = *found; now && now->id == user.id) {
        if (user.is_limited) {
            co_return within(user, std::move(*now));
        }
        co_return std::move(*now);
    }
    const Result<> ended = co_await end(family);
    if (!ended) {
        co_return fail(ended.error().code, ended.error().context);
    }
    co_return fail(Errc::unauthenticated, "the user of a refresh token is gone");
}

Task<Result<TokenPair>> TokenBackend::refresh(Request& request) {
    SecretText token = refresh_token_of(request);
    co_return co_await refresh(std::move(token));
}

Task<Result<>> TokenBackend::end(session::TokenHash family) {
    const Result<bool> ended = co_await sessions_.service().revoke_token(family);
    if (!ended) {
        co_return fail(ended.error().code, ended.error().context);
    }
    co_return Result<>{};
}

Task<Result<TokenPair>> TokenBackend::end_replayed(session::TokenHash family) {
    const Result<> ended = co_await end(family);
    if (!ended) {
        co_return fail(ended.error().code, ended.error().context);
    }
    log::warning("tokens.refresh_replayed", {});
    co_return fail(Errc::replayed, "a refresh token was used before: its family has ended");
}

/// The refresh token too: after a while of reading, it is all that a browser still has.
Task<Result<>> TokenBackend::revoke(Request& request) {
    if (!has_families()) {
        co_return no_store();
    }
    const std::optional<session::TokenHash> family = family_of(verify_access(request));
    if (family) {
        const Result<> ended = co_await end(*family);
        if (!ended) {
            co_return fail(ended.error().code, ended.error().context);
        }
    }
    SecretText token = refresh_token_of(request);
    co_return co_await revoke(std::move(token));
}

Task<Result<>> TokenBackend::revoke(SecretText refresh_token) {
    if (!has_families()) {
        co_return no_store();
    }
    const std::optional<session::TokenHash> family =
        family_of(refresh_->verify(refresh_token.expose(), clock_->now()));
    if (!family) {
        co_return Result<>{};
    }
    co_return co_await end(*family);
}

Task<Result<>> TokenBackend::revoke_all(User user) {
    if (!has_families()) {
        co_return no_store();
    }
    const AccountId account = account_of(user);
    const Result<std::size_t> ended = co_await sessions_.service().revoke_all(account, std::nullopt);
    if (!ended) {
        co_return fail(ended.error().code, ended.error().context);
    }
    co_return Result<>{};
}

Result<> TokenBackend::put_into_cookies(http::Response& response, const TokenPair& pair) const {
    if (!cookies_) {
        return fail(Errc::internal, "tokens in cookies need a name: give Tokens a .cookie_name");
    }
    return cookies_->put(response, pair, options_.refresh);
}

void TokenBackend::clear_cookies(http::Response& response) const {
    if (cookies_) {
        cookies_->clear(response);
    }
}

Task<> TokenBackend::maintain() {
    if (has_families()) {
        co_await sessions_.maintain();
    }
}

}  // namespace cardea::web
