// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/assert.h"
#include "cardea/base/bytes.h"
#include "cardea/http/target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace cardea::http;
    const std::string_view raw = cardea::as_text({data, size});
    const auto target = parse_target(Method::get, raw, "a.test");
    if (target) {
        CARDEA_ASSERT(raw.ends_with(target->origin_form()) || target->path() == "/");
        const auto same = parse_target(Method::get, target->origin_form());
        CARDEA_ASSERT(same.has_value() && same->path() == target->path() && same->query() == target->query());
        CARDEA_ASSERT(target->path().starts_with('/') && !target->path().contains("//"));
        CARDEA_ASSERT(
            !target->path().contains('\\') && !(std::string(target->path()) + "/").contains("/../")
        );
        // What was resolved resolves to itself: there is nothing left to decode.
        const std::string text = format_target(target->path(), target->query());
        const auto again = parse_target(Method::get, text);
        CARDEA_ASSERT(text.size() > max_target_bytes || again.has_value());
        CARDEA_ASSERT(!again || (again->path() == target->path() && again->query() == target->query()));
    }
    return 0;
}
