// SPDX-License-Identifier: Apache-2.0
#include "cardea/csrf/token.h"

#include <gtest/gtest.h>

namespace cardea::csrf {
namespace {

constexpr std::string_view newer = "Kq7f0vWb3mZx9TgYhR2sLpN8cJd5uEa1";
constexpr std::string_view older = "b4Xn6QzLr1VtKw8Ym3HsDf7Gc2Jp9Re5";

crypto::Keyring keyring(std::string_view secrets) {
    return std::move(*crypto::Keyring::parse(secrets));
}

TEST(CsrfToken, is_good_for_its_binding_and_differs_each_time) {
    FakeRandom random;
    const crypto::Keyring keys = keyring(newer);

    const std::string first = make_token(keys, "session", random);
    const std::string second = make_token(keys, "session", random);

    EXPECT_NE(first, second);
    EXPECT_EQ(first.size(), 86U);
    EXPECT_TRUE(verify_token(keys, "session", first));
    EXPECT_TRUE(verify_token(keys, "session", second));
}

TEST(CsrfToken, is_worth_nothing_elsewhere) {
    FakeRandom random;
    const crypto::Keyring keys = keyring(newer);
    const std::string token = make_token(keys, "session", random);
    std::string changed = token;
    changed[10] = changed[10] == 'A' ? 'B' : 'A';

    for (const std::string& wrong : {changed, token.substr(1), token + "A", std::string()}) {
        EXPECT_FALSE(verify_token(keys, "session", wrong)) << wrong;
    }
    EXPECT_FALSE(verify_token(keys, "other session", token));
    EXPECT_FALSE(verify_token(keyring(older), "session", token));
}

TEST(CsrfToken, outlives_a_rotation_of_the_secret) {
    FakeRandom random;
    const std::string token = make_token(keyring(older), "session", random);
    const std::string both = std::string(newer) + "\n" + std::string(older);

    EXPECT_TRUE(verify_token(keyring(both), "session", token));
}

}  // namespace
}  // namespace cardea::csrf
