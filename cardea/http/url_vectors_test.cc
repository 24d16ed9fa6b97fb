// SPDX-License-Identifier: Apache-2.0
// The web platform's URL tests. Cardea takes a strict subset of what browsers take: whatever it accepts must
// mean to it what it means to them.
#include "cardea/base/json.h"
#include "cardea/http/url.h"
#include "tests/support/vectors.h"

#include <gtest/gtest.h>

#include <iostream>
#include <regex>

namespace cardea::http {
namespace {

/// The tests hold lone surrogates, which strict JSON does not; no URL with any surrogate is accepted anyway.
Json parse_cases(const std::string& text) {
    const std::regex surrogate("\\\\u[dD][89a-fA-F][0-9a-fA-F]{2}");
    const JsonLimits limits{.bytes = text.size(), .values = 100'000};
    Result<Json> cases = parse_json(std::regex_replace(text, surrogate, "\\uFFFD"), limits);
    return cases ? std::move(*cases) : Json();
}

void expect_same_meaning(const Url& url, const Json& expected) {
    EXPECT_EQ(url.to_string(), expected.find_text("href"));
    EXPECT_EQ(url.origin().text(), expected.find_text("origin").value_or(url.origin().text()));
    EXPECT_EQ(url.host(), expected.find_text("hostname"));
    EXPECT_EQ(url.authority(), expected.find_text("host"));
    EXPECT_EQ(url.path(), expected.find_text("pathname"));
    EXPECT_EQ(expected.find_text("username"), "");
}

TEST(UrlVectors, what_is_accepted_means_the_same_to_browsers) {
    CARDEA_VECTORS_OR_SKIP(text, "url/urltestdata.json");
    const Json cases = parse_cases(text);
    ASSERT_TRUE(cases.is_array());

    int accepted = 0;
    int refused_by_both = 0;
    int refused_here = 0;
    int bad_punycode = 0;
    for (const Json& row : cases.items()) {
        const std::optional<std::string_view> input = row.find_text("input");
        if (!input) {
            continue;  // a comment
        }
        const bool browsers_fail = row.find("failure") != nullptr;
        const Result<Url> url = parse_url(*input);
        if (url && url->host().contains("xn--") && browsers_fail) {
            ++bad_punycode;  // browsers look into such labels and will not open them; no other host is
                             // reached
        } else if (url) {
            ++accepted;
            EXPECT_FALSE(browsers_fail) << *input;
            expect_same_meaning(*url, row);
        } else {
            ++(browsers_fail ? refused_by_both : refused_here);
        }
    }

    std::cout << "URLs: " << accepted << " accepted as browsers do, " << refused_by_both
              << " refused by both, " << refused_here
              << " that browsers repair, resolve or know another scheme for, " << bad_punycode
              << " with punycode that only browsers check\n";
    EXPECT_GE(accepted, 30);
    EXPECT_GE(refused_by_both, 200);
}

}  // namespace
}  // namespace cardea::http
