// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/assert.h"
#include "cardea/base/bytes.h"
#include "cardea/http/headers.h"
#include "cardea/http/next.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text = cardea::as_text({data, size});
    const std::string here = cardea::http::safe_next(text);
    CARDEA_ASSERT(here.starts_with('/') && !here.starts_with("//") && !here.starts_with("/\\"));
    CARDEA_ASSERT(cardea::http::is_header_value(here));
    const std::string near = cardea::http::safe_next(text, "a.test");
    CARDEA_ASSERT(near == here || near.starts_with("https://"));
    const std::string host = near.substr(0, near.find_first_of("/?#\\", 8));
    CARDEA_ASSERT(near == here || host.ends_with(".a.test") || host == "https://a.test");
    CARDEA_ASSERT(cardea::http::safe_next(near, "a.test") == near);
    return 0;
}
