// SPDX-License-Identifier: Apache-2.0
// The big list of naughty strings: whatever a person calls himself, the page shows it and nothing runs.
#include "cardea/base/base64url.h"
#include "cardea/base/json.h"
#include "cardea/html/tags.h"
#include "tests/support/vectors.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <iostream>

namespace cardea::html {
namespace {

/// What a browser makes of escaped text.
std::string unescape(std::string_view text) {
    constexpr std::array<std::pair<std::string_view, char>, 5> entities = {
        {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&#39;", '\''}}
    };
    std::string plain;
    while (!text.empty()) {
        std::size_t size = 1;
        char c = text.front();
        for (const auto& [entity, meaning] : entities) {
            if (text.starts_with(entity)) {
                size = entity.size();
                c = meaning;
            }
        }
        plain.push_back(c);
        text.remove_prefix(size);
    }
    return plain;
}

std::string decode_base64(std::string_view padded) {
    return std::string(as_text(base64_unpadded_decode(padded.substr(0, padded.find('='))).value()));
}

bool holds_control(std::string_view text) {
    return std::ranges::any_of(text, [](unsigned char c) {
        return c == 0x7f || (c < 0x20 && c != '\t' && c != '\n' && c != '\r');
    });
}

TEST(NaughtyStrings, are_shown_and_never_run) {
    CARDEA_VECTORS_OR_SKIP(text, "strings/blns.base64.json");
    const Result<Json> list = parse_json(text);
    ASSERT_TRUE(list);

    int shown = 0;
    for (const Json& item : list->items()) {
        const std::string naughty = decode_base64(*item.as_text());
        std::string page;
        p({.title = naughty}, naughty).append_to(page);

        const std::string_view escaped = std::string_view(page).substr(10, (page.size() - 10 - 2 - 4) / 2);
        EXPECT_EQ(page, "<p title=\"" + std::string(escaped) + "\">" + std::string(escaped) + "</p>");
        EXPECT_EQ(escaped.find_first_of("<>\"'"), std::string_view::npos) << naughty;
        if (!holds_control(naughty)) {
            EXPECT_EQ(unescape(escaped), naughty);
        }
        ++shown;
    }
    std::cout << "Naughty strings shown: " << shown << "\n";
    EXPECT_GT(shown, 500);
}

}  // namespace
}  // namespace cardea::html
