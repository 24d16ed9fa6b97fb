// SPDX-License-Identifier: Apache-2.0
#include "cardea/oauth/provider.h"

#include "cardea/http/headers.h"

#include <algorithm>

namespace cardea::oauth {
namespace {

http::Url url(std::string_view text) {
    return http::parse_url(text).value();
}

bool has_scope(std::string_view scope, std::string_view wanted) {
    while (!scope.empty()) {
        if (http::take_list_member(scope, ' ') == wanted) {
            return true;
        }
    }
    return false;
}

Result<> check_url(std::string_view text, const std::string& what) {
    const Result<http::Url> parsed = http::parse_url(text);
    if (!parsed || parsed->fragment()) {
        return fail(Errc::config, "oauth: " + what + " is an absolute https URL without a fragment");
    }
    if (parsed->scheme() != "https" && !parsed->is_loopback()) {
        return fail(Errc::config, "oauth: " + what + " has to be https, except on localhost");
    }
    return {};
}

bool accepts_hmac(const jose::JwsAlgorithms& algorithms) {
    return std::ranges::any_of(jose::all_jws_algorithms, [&](jose::JwsAlgorithm algorithm) {
        return jose::is_symmetric(algorithm) && algorithms.contains(algorithm);
    });
}

Result<> check_registration(const ProviderOptions& options) {
    const Registration& registration = options.registration;
    const bool is_public = options.client_authentication == ClientAuthentication::none;
    if (registration.client_id.empty()) {
        return fail(Errc::config, "oauth: client_id is missing; the provider gives it at registration");
    }
    if (registration.client_secret.empty() && !is_public) {
        return fail(Errc::config, "oauth: client_secret is missing; a public client authenticates by `none`");
    }
    if (!registration.client_secret.empty() && is_public) {
        return fail(Errc::config, "oauth: a client that authenticates by `none` has no client_secret");
    }
    return check_url(registration.redirect_uri, "redirect_uri");
}

}  // namespace

ProviderOptions openid_provider(std::string issuer, Registration registration) {
    return {.issuer = std::move(issuer), .registration = std::move(registration)};
}

ProviderOptions google(Registration registration) {
    return openid_provider("https://accounts.google.com", std::move(registration));
}

ProviderOptions gitlab(Registration registration, std::string issuer) {
    return openid_provider(std::move(issuer), std::move(registration));
}

ProviderOptions github(Registration registration) {
    const std::string issuer = "https://github.com/login/oauth";
    return {
        .issuer = issuer,
        .registration = std::move(registration),
        .scope = "read:user user:email",
        .client_authentication = ClientAuthentication::client_secret_post,
        .protocol = Protocol::github,
        .metadata =
            ProviderMetadata{
                .issuer = issuer,
                .authorization_endpoint = url("https://github.com/login/oauth/authorize"),
                .token_endpoint = url("https://github.com/login/oauth/access_token"),
                .userinfo_endpoint = url("https://api.github.com/user"),
            },
    };
}

Result<> check_options(const ProviderOptions& options) {
    if (Result<> issuer = check_url(options.issuer, "issuer"); !issuer) {
        return issuer;
    }
    if (options.issuer.contains('?')) {
        return fail(Errc::config, "oauth: issuer has no query");
    }
    if (Result<> registration = check_registration(options); !registration) {
        return registration;
    }
    if (options.metadata && options.metadata->issuer != options.issuer) {
        return fail(Errc::config, "oauth: the metadata is of another issuer");
    }
    if (accepts_hmac(options.id_token_algorithms)) {
        return fail(Errc::config, "oauth: ID tokens are signed with a key pair, never with HMAC");
    }
    if (options.protocol == Protocol::openid && !has_scope(options.scope, "openid")) {
        return fail(Errc::config, "oauth: `openid` is missing in the scope");
    }
    return {};
}

}  // namespace cardea::oauth
