// SPDX-License-Identifier: Apache-2.0
#include "cardea/oauth/tokens.h"

#include "cardea/base/base64url.h"
#include "cardea/base/json.h"
#include "cardea/http/headers.h"
#include "cardea/http/percent.h"
#include "cardea/http/query.h"
#include "cardea/oauth/detail/error_code.h"

#include <algorithm>

namespace cardea::oauth {
namespace {

constexpr std::size_t max_token_bytes = std::size_t{16} << 10U;
constexpr std::int64_t longest_lifetime = std::int64_t{10} * 365 * 24 * 3600;

/// Text that is put together from secrets and leaves no copy behind.
class SecretBuilder {
 public:
    /// `capacity` is never exceeded: a string that grows leaves its old memory unwiped.
    explicit SecretBuilder(std::size_t capacity) { text_.reserve(capacity); }
    ~SecretBuilder() { wipe(text_.data(), text_.size()); }
    SecretBuilder(const SecretBuilder&) = delete;
    SecretBuilder& operator=(const SecretBuilder&) = delete;

    [[nodiscard]] std::string& text() noexcept { return text_; }
    [[nodiscard]] SecretText take() const { return SecretText(text_); }

 private:
    std::string text_;
};

/// RFC 6749 2.3.1: id and secret are form-encoded, each for itself, before they become a password.
SecretText basic_credentials(const Registration& registration) {
    const std::size_t size = registration.client_id.size() + registration.client_secret.size();
    SecretBuilder pair(3 * size + 1);
    http::append_percent_encoded(pair.text(), registration.client_id);
    pair.text().push_back(':');
    http::append_percent_encoded(pair.text(), registration.client_secret.expose());
    SecretBuilder header(4 * size + 16);
    header.text().append("Basic ");
    std::string encoded = base64_unpadded_encode(as_bytes(std::string_view(pair.text())));
    header.text().append(encoded).append((4 - encoded.size() % 4) % 4, '=');
    wipe(encoded.data(), encoded.size());
    return header.take();
}

SecretText form_body(const ProviderOptions& options, TokenParameters parameters) {
    const Registration& registration = options.registration;
    std::size_t size = 64 + 3 * (registration.client_id.size() + registration.client_secret.size());
    for (const auto& [name, value] : parameters) {
        size += name.size() + 3 * value.size() + 2;
    }
    SecretBuilder form(size);
    for (const auto& [name, value] : parameters) {
        http::append_field(form.text(), name, value);
    }
    if (options.client_authentication != ClientAuthentication::client_secret_basic) {
        http::append_field(form.text(), "client_id", registration.client_id);
    }
    if (options.client_authentication == ClientAuthentication::client_secret_post) {
        http::append_field(form.text(), "client_secret", registration.client_secret.expose());
    }
    return form.take();
}

/// RFC 6749 appendix A.12: tokens are printable ASCII; so they fit into a header.
bool is_token_text(std::string_view text) noexcept {
    return text.size() <= max_token_bytes &&
           std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

Result<SecretText> read_token(const Json& json, std::string_view name) {
    const Json* member = json.find(name);
    if (member == nullptr || member->is_null()) {
        return SecretText();
    }
    const std::optional<std::string_view> text = member->as_text();
    if (!text || !is_token_text(*text)) {
        return fail(Errc::malformed, "oauth: token response: " + std::string(name));
    }
    return SecretText(*text);
}

std::unexpected<Error> token_error(int status, std::string_view error) {
    const std::string context = "oauth: token endpoint: " + detail::error_code(error);
    if (status >= 500 || status == 429) {
        return fail(Errc::upstream_unavailable, context);
    }
    if (error == "invalid_client" || error == "unauthorized_client" || error == "unsupported_grant_type" ||
        error == "incorrect_client_credentials") {  // the last is GitHub's
        return fail(Errc::config, context);
    }
    return fail(Errc::grant_invalid, context);
}

std::optional<Time> expiry(const Json& json, Time now) {
    const Json* expires_in = json.find("expires_in");
    const std::optional<std::int64_t> seconds =
        expires_in != nullptr ? expires_in->as_integer() : std::nullopt;
    if (!seconds) {
        return std::nullopt;
    }
    return now + std::chrono::seconds(std::clamp<std::int64_t>(*seconds, 0, longest_lifetime));
}

}  // namespace

http::ClientRequest token_request(
    const ProviderOptions& options, const http::Url& token_endpoint, TokenParameters parameters
) {
    http::ClientRequest request = http::ClientRequest::post(
        token_endpoint, "application/x-www-form-urlencoded", form_body(options, parameters)
    );
    request.add_header("Accept", "application/json");
    if (options.client_authentication == ClientAuthentication::client_secret_basic) {
        request.add_header("Authorization", basic_credentials(options.registration).expose());
    }
    return request;
}

Result<Tokens> read_token_response(int status, std::string_view body, Time now) {
    const Result<Json> json = parse_json(body);
    if (!json || !json->is_object()) {
        return status == 200 ? Result<Tokens>(fail(Errc::malformed, "oauth: token response"))
                             : Result<Tokens>(token_error(status, ""));
    }
    // GitHub reports errors with status 200.
    if (status != 200 || json->find("error") != nullptr) {
        return token_error(status, json->find_text("error").value_or(""));
    }
    Result<SecretText> access_token = read_token(*json, "access_token");
    Result<SecretText> refresh_token = read_token(*json, "refresh_token");
    Result<SecretText> id_token = read_token(*json, "id_token");
    for (Result<SecretText>* token : {&access_token, &refresh_token, &id_token}) {
        if (!*token) {
            return propagate(*token);
        }
    }
    if (access_token->empty()) {
        return fail(Errc::malformed, "oauth: token response: access_token");
    }
    if (!http::equals_ignoring_case(json->find_text("token_type").value_or(""), "Bearer")) {
        return fail(Errc::unsupported, "oauth: token_type");
    }
    return Tokens{
        std::move(*access_token),
        std::move(*refresh_token),
        std::move(*id_token),
        expiry(*json, now),
        std::string(json->find_text("scope").value_or("")),
    };
}

}  // namespace cardea::oauth
