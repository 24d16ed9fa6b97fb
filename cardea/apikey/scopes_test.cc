// SPDX-License-Identifier: Apache-2.0
#include "cardea/apikey/scopes.h"

#include <gtest/gtest.h>

#include <vector>

namespace cardea::apikey {

namespace {

std::optional<Errc> refusal(const std::vector<std::string>& scopes) {
    const Result<std::string> joined = join_scopes(scopes);
    return joined ? std::nullopt : std::optional(joined.error().code);
}

}  // namespace

TEST(Scopes, are_joined_in_their_order_each_once) {
    EXPECT_EQ(join_scopes(std::vector<std::string>{}).value(), "");
    EXPECT_EQ(join_scopes(std::vector<std::string>{"b", "a:read", "b"}).value(), "b a:read");
}

TEST(Scopes, are_scope_tokens_of_rfc6749) {
    EXPECT_EQ(refusal({"!#[]~", "https://example.com/orders.read"}), std::nullopt);
    for (const std::string_view scope : {"", " ", "a b", "a\"", "a\\", "a\n", "\x7f", "é"}) {
        EXPECT_EQ(refusal({std::string(scope)}), Errc::invalid) << scope;
    }
}

TEST(Scopes, are_bounded_in_number_and_length) {
    EXPECT_EQ(refusal(std::vector<std::string>(max_scopes, "a")), std::nullopt);
    EXPECT_EQ(refusal(std::vector<std::string>(max_scopes + 1, "a")), Errc::too_large);
    EXPECT_EQ(refusal({std::string(max_scope_bytes, 'a')}), std::nullopt);
    EXPECT_EQ(refusal({std::string(max_scope_bytes + 1, 'a')}), Errc::too_large);
}

TEST(Scopes, are_found_whole_and_never_in_part) {
    EXPECT_TRUE(has_scope("reports:read orders", "reports:read"));
    EXPECT_TRUE(has_scope("reports:read orders", "orders"));
    for (const std::string_view scope : {"", "reports", "order", "read", "reports:read orders", " "}) {
        EXPECT_FALSE(has_scope("reports:read orders", scope)) << scope;
    }
    EXPECT_FALSE(has_scope("", ""));
}

}  // namespace cardea::apikey
