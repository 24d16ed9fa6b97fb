// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/id.h"

#include <gtest/gtest.h>

namespace cardea {
namespace {

TEST(Id, comes_back_from_its_text) {
    FakeRandom random;
    const AccountId id = AccountId::make(random);

    const Result<AccountId> parsed = AccountId::parse(id.to_string());

    ASSERT_TRUE(parsed);
    EXPECT_EQ(*parsed, id);
    EXPECT_EQ(id.to_string().size(), AccountId::text_size);
}

TEST(Id, refuses_every_other_spelling) {
    FakeRandom random;
    const std::string text = AccountId::make(random).to_string();
    std::string upper = text;
    upper[0] = 'A';
    std::string stray_bits = AccountId().to_string();
    stray_bits.back() = '1';

    for (const std::string& wrong : {std::string(), text + "0", text.substr(1), upper, stray_bits}) {
        const Result<AccountId> parsed = AccountId::parse(wrong);
        ASSERT_FALSE(parsed) << wrong;
        EXPECT_EQ(parsed.error().code, Errc::malformed);
    }
}

}  // namespace
}  // namespace cardea
