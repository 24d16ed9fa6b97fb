// SPDX-License-Identifier: Apache-2.0
#include "cardea/oauth/metadata.h"

#include "cardea/base/assert.h"
#include "cardea/base/json.h"

namespace cardea::oauth {
namespace {

constexpr JsonLimits metadata_limits{.bytes = std::size_t{256} << 10U, .depth = 8, .members = 500};

/// The URL of that name, or nothing when it is absent.
Result<std::optional<http::Url>> find_endpoint(
    const Json& metadata, std::string_view name, std::string_view issuer
) {
    if (metadata.find(name) == nullptr) {
        return std::nullopt;
    }
    Result<http::Url> url = http::parse_url(metadata.find_text(name).value_or(""));
    if (!url || url->fragment() || (url->scheme() != "https" && issuer.starts_with("https:"))) {
        return fail(Errc::invalid, "oauth: metadata: " + std::string(name));
    }
    return std::move(*url);
}

/// Reads endpoints until one is wrong.
class Endpoints {
 public:
    Endpoints(const Json& metadata, std::string_view issuer) : metadata_(metadata), issuer_(issuer) {}

    std::optional<http::Url> find(std::string_view name) {
        Result<std::optional<http::Url>> url = find_endpoint(metadata_, name, issuer_);
        if (!url) {
            problem_ = std::move(url).error();
            return std::nullopt;
        }
        return std::move(*url);
    }
    std::optional<http::Url> require(std::string_view name) {
        std::optional<http::Url> url = find(name);
        if (!url && !problem_) {
            problem_ = Error{Errc::invalid, "oauth: metadata: no " + std::string(name)};
        }
        return url;
    }
    [[nodiscard]] const std::optional<Error>& problem() const noexcept { return problem_; }

 private:
    const Json& metadata_;
    std::string_view issuer_;
    std::optional<Error> problem_;
};

}  // namespace

Result<http::Url> metadata_url(std::string_view issuer) {
    std::string text(issuer.ends_with('/') ? issuer.substr(0, issuer.size() - 1) : issuer);
    Result<http::Url> url = http::parse_url(text.append("/.well-known/openid-configuration"));
    if (!url) {
        return fail(Errc::config, "oauth: the issuer is no URL");
    }
    return url;
}

Result<ProviderMetadata> parse_metadata(std::string_view text, std::string_view issuer) {
    Result<Json> json = parse_json(text, metadata_limits);
    if (!json) {
        return propagate(json);
    }
    // Discovery 4.3: identical to the issuer that was asked, or somebody else speaks for it.
    if (json->find_text("issuer") != issuer) {
        return fail(Errc::invalid, "oauth: metadata of another issuer");
    }
    Endpoints endpoints(*json, issuer);
    const std::optional<http::Url> authorization = endpoints.require("authorization_endpoint");
    const std::optional<http::Url> token = endpoints.require("token_endpoint");
    std::optional<http::Url> jwks = endpoints.require("jwks_uri");
    std::optional<http::Url> userinfo = endpoints.find("userinfo_endpoint");
    std::optional<http::Url> end_session = endpoints.find("end_session_endpoint");
    if (const std::optional<Error>& problem = endpoints.problem()) {
        return std::unexpected(*problem);
    }
    CARDEA_ASSERT(authorization.has_value() && token.has_value());
    const Json* sends_iss = json->find("authorization_response_iss_parameter_supported");
    return ProviderMetadata{
        .issuer = std::string(issuer),
        .authorization_endpoint = *authorization,
        .token_endpoint = *token,
        .jwks_uri = std::move(jwks),
        .userinfo_endpoint = std::move(userinfo),
        .end_session_endpoint = std::move(end_session),
        .authorization_response_iss_parameter_supported =
            sends_iss != nullptr && sends_iss->as_bool().value_or(false),
    };
}

}  // namespace cardea::oauth
