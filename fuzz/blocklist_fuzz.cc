// SPDX-License-Identifier: Apache-2.0
// The checksum would keep the fuzzer out, so it builds filters too: from the same bytes as a list.
#include "cardea/base/assert.h"
#include "cardea/password/blocklist.h"

#include <tuple>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace cardea::password;
    const cardea::ByteView bytes(data, size);
    const auto given = Blocklist::parse(cardea::Bytes(bytes.begin(), bytes.end()));
    auto built = build_blocklist(cardea::as_text(bytes));
    const auto list = Blocklist::parse(std::move(built->file));
    CARDEA_ASSERT(list && list->size() == built->entries);
    if (const auto password = Password::parse(cardea::as_text(bytes))) {
        const bool is_one_line = cardea::as_text(bytes).find_first_of("\r\n") == std::string_view::npos;
        CARDEA_ASSERT(!is_one_line || list->contains(*password));
        std::ignore = given && given->contains(*password);
    }
    return 0;
}
