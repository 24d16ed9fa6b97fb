// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/assert.h"
#include "cardea/oauth/authorization.h"
#include "cardea/oauth/remote_key_set.h"
#include "cardea/oauth/tokens.h"

using namespace cardea;

// What a provider may answer: the text as metadata, as a token response, as the query that a browser brings
// back, and as a Cache-Control header. What is taken holds what the headers promise.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = as_text(ByteView(data, size));
    const auto metadata = oauth::parse_metadata(text, "https://id.example");
    CARDEA_ASSERT(!metadata || metadata->token_endpoint.scheme() == "https");
    if (const auto tokens = oauth::read_token_response(200, text, Time())) {
        CARDEA_ASSERT(!tokens->access_token.empty() && tokens->expires_at.value_or(Time()) >= Time());
    }
    std::ignore = oauth::read_token_response(400, text, Time());
    if (const auto response = oauth::AuthorizationResponse::parse(text)) {
        const oauth::ProviderMetadata asked{
            .issuer = "https://id.example",
            .authorization_endpoint = http::parse_url("https://id.example/auth").value(),
            .token_endpoint = http::parse_url("https://id.example/token").value(),
        };
        const auto code = response->code(asked);
        CARDEA_ASSERT(!code || !code->empty());
    }
    CARDEA_ASSERT(oauth::cache_lifetime(text).value_or(std::chrono::seconds()) >= std::chrono::seconds());
    return 0;
}
