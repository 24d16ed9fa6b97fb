// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/assert.h"
#include "cardea/password/detail/forms.h"
#include "cardea/password/stored_hash.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace cardea::password;
    const std::string_view text = cardea::as_text({data, size});
    if (const auto parsed = detail::parse_stored(text)) {
        CARDEA_ASSERT(to_text(*parsed) == text);
    }
    const auto facts = identify(text);
    const auto blank = blank_of(text);
    CARDEA_ASSERT(facts.has_value() == blank.has_value());
    if (facts) {
        CARDEA_ASSERT(blank->size() == text.size() && blank_of(*blank).value() == *blank);
        CARDEA_ASSERT(identify(*blank)->cost == facts->cost);
    }
    return 0;
}
