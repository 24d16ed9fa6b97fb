// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/bearer_jwt.h"

#include "cardea/base/late.h"
#include "cardea/http/headers.h"
#include "cardea/oauth/remote_key_set.h"
#include "cardea/web/request.h"

#include <optional>
#include <utility>

namespace cardea::web {
namespace {

class BearerJwt final : public AuthenticationBackend {
 public:
    explicit BearerJwt(BearerJwtOptions options) : options_(std::move(options)) {}

    [[nodiscard]] Result<> start(Setup& setup) override {
        if (options_.keys == nullptr) {
            return fail(Errc::config, "bearer_jwt: .keys is empty, so that no token could be verified");
        }
        if (!options_.user && options_.rules.issuer.accepts_several()) {
            return fail(
                Errc::config,
                "bearer_jwt: of several issuers, two may give the same sub to different people: add a .user "
                "that makes an id of iss and sub"
            );
        }
        verifier_.emplace(*options_.keys, options_.rules);
        fetching_ = dynamic_cast<const oauth::FetchingKeySource*>(options_.keys.get());
        user_ = options_.user ? options_.user : user_of_claims;
        clock_ = &setup.clock;
        return {};
    }

    [[nodiscard]] bool has_credential(const Request& request) const override {
        return http::find_bearer_token(request.header("Authorization")).has_value();
    }

    [[nodiscard]] Task<Result<Authenticated>> authenticate(Request& request) override {
        const std::string_view token = http::find_bearer_token(request.header("Authorization")).value_or("");
        const Result<jose::UnverifiedJwt> unverified = jose::UnverifiedJwt::parse(http::trim(token));
        if (!unverified) {
            co_return fail(Errc::unauthenticated, unverified.error().context);
        }
        if (fetching_ != nullptr) {
            const jose::KeyQuery query{unverified->algorithm(), unverified->kid()};
            const Result<> ready = co_await fetching_->prepare(query);
            if (!ready) {
                co_return fail(ready.error().code, ready.error().context);
            }
        }
        const Result<jose::VerifiedClaims> claims = verifier_->verify(*unverified, clock_->now());
        if (!claims) {
            co_return fail(Errc::unauthenticated, claims.error().context);
        }
        Result<User> user = user_(*claims);
        if (!user) {
            co_return propagate(user);
        }
        co_return Authenticated{.user = std::move(*user)};
    }

    [[nodiscard]] std::vector<SecurityScheme> security_schemes() const override {
        return {{"bearer", R"({"type":"http","scheme":"bearer","bearerFormat":"JWT"})"}};
    }
    [[nodiscard]] Challenge challenge() const override {
        return {.header = "Bearer", .refused = R"(Bearer error="invalid_token")"};  // RFC 6750 section 3
    }

 private:
    BearerJwtOptions options_;
    Late<jose::JwtVerifier> verifier_;
    const oauth::FetchingKeySource* fetching_ = nullptr;  ///< the keys, where they have to be fetched
    UserOfClaims user_;
    const Clock* clock_ = nullptr;
};

std::vector<std::string> scopes_of(std::string_view list) {
    std::vector<std::string> scopes;
    while (!list.empty()) {
        const std::string_view scope = http::take_list_member(list, ' ');
        if (!scope.empty()) {
            scopes.emplace_back(scope);
        }
    }
    return scopes;
}

}  // namespace

Result<User> user_of_claims(const jose::VerifiedClaims& claims) {
    const std::optional<std::string_view> subject = claims.subject();
    if (!subject || subject->empty()) {
        return fail(Errc::unauthenticated, "token without sub");
    }
    const std::optional<std::string_view> name = claims.json().find_text("name");
    const Json* limited = claims.find(limited_claim);
    return User{
        .id = std::string(*subject),
        .name = std::string(name.value_or(*subject)),
        .scopes = scopes_of(claims.json().find_text("scope").value_or("")),
        .is_limited = limited != nullptr && limited->as_bool().value_or(false),
    };
}

std::shared_ptr<AuthenticationBackend> bearer_jwt(BearerJwtOptions options) {
    return std::make_shared<BearerJwt>(std::move(options));
}

}  // namespace cardea::web
