// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/assert.h"
#include "cardea/session/cookie.h"

#include <algorithm>
#include <array>

// The Cookie header up to the first line end, then the Authorization header.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto cookie = cardea::session::SessionCookie::make({}).value();
    const std::string_view text = cardea::as_text({data, size});
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view authorization = text.substr(std::min(end + 1, text.size()));
    const std::array<cardea::http::Header, 2> headers{
        {{"Cookie", text.substr(0, end)}, {"Authorization", authorization}}
    };
    cardea::http::Request request;
    request.headers = headers;
    const auto found = cookie.extract(request);
    CARDEA_ASSERT(!found || !*found || text.size() >= cardea::session::SessionToken::text_size);
    return 0;
}
