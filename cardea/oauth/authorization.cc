// SPDX-License-Identifier: Apache-2.0
#include "cardea/oauth/authorization.h"

#include "cardea/http/query.h"
#include "cardea/oauth/detail/error_code.h"

#include <algorithm>

namespace cardea::oauth {
namespace {

constexpr std::size_t max_code_bytes = 4096;

std::optional<std::string> find(const http::Fields& fields, std::string_view name) {
    const std::optional<std::string_view> value = fields.find(name);
    return value ? std::optional<std::string>(*value) : std::nullopt;
}

/// RFC 9207 section 2.4: whoever answers has to be whom we asked, in success and in error.
Result<> check_issuer(const std::optional<std::string>& iss, const ProviderMetadata& metadata) {
    if (iss ? *iss != metadata.issuer : metadata.authorization_response_iss_parameter_supported) {
        return fail(Errc::invalid, "oauth: the response is of another issuer");
    }
    return {};
}

std::unexpected<Error> error_response(std::string_view error) {
    const bool is_out_of_order = error == "server_error" || error == "temporarily_unavailable";
    return fail(
        is_out_of_order ? Errc::upstream_unavailable : Errc::authorization_denied,
        "oauth: authorization response: " + detail::error_code(error)
    );
}

bool is_code(std::string_view text) noexcept {
    return !text.empty() && text.size() <= max_code_bytes &&
           std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

}  // namespace

std::string authorization_url(
    const ProviderOptions& options,
    const ProviderMetadata& metadata,
    const AuthorizationTag& tag,
    const AuthorizationOptions& asked
) {
    std::string url = metadata.authorization_endpoint.to_string();
    if (!metadata.authorization_endpoint.query()) {
        url.push_back('?');
    }
    const auto add = [&url](std::string_view name, std::string_view value) {
        if (!value.empty()) {
            http::append_field(url, name, value);
        }
    };
    add("response_type", "code");
    add("client_id", options.registration.client_id);
    add("redirect_uri", options.registration.redirect_uri);
    add("scope", options.scope);
    add("state", tag.state);
    add("nonce", options.protocol == Protocol::openid ? tag.nonce : "");
    add("code_challenge", tag.code_challenge);
    add("code_challenge_method", "S256");
    add("prompt", asked.prompt);
    add("login_hint", asked.login_hint);
    add("max_age", asked.max_age ? std::to_string(asked.max_age->count()) : std::string());
    return url;
}

Result<AuthorizationResponse> AuthorizationResponse::parse(std::string_view query) {
    Result<http::Fields> fields = http::parse_fields(query);
    if (!fields) {
        return propagate(fields);
    }
    if (Result<> single = fields->refuse_repeated(); !single) {
        return propagate(single);
    }
    AuthorizationResponse response;
    response.state_ = fields->text("state");
    response.iss_ = find(*fields, "iss");
    response.error_ = find(*fields, "error");
    response.code_ = SecretText(fields->text("code"));
    return response;
}

Result<SecretText> AuthorizationResponse::code(const ProviderMetadata& metadata) const {
    if (Result<> issuer = check_issuer(iss_, metadata); !issuer) {
        return propagate(issuer);
    }
    if (error_) {
        return error_response(*error_);
    }
    if (!is_code(code_.expose())) {
        return fail(Errc::invalid, "oauth: authorization response without a code");
    }
    return code_.clone();
}

}  // namespace cardea::oauth
