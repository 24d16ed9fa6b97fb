// SPDX-License-Identifier: Apache-2.0
#include "cardea/jose/detail/concat_kdf.h"

#include "cardea/base/base64url.h"
#include "cardea/base/hex.h"

#include <gtest/gtest.h>

namespace cardea::jose::detail {
namespace {

const Bytes agreed = hex_decode("9e56d91d817135d372834283bf84269cfb316ea3da806a48f6daa7798cfe90c4").value();

TEST(ConcatKdf, agrees_with_rfc_7518_appendix_c) {
    const SecretText key = concat_kdf(agreed, {"A128GCM", as_bytes("Alice"), as_bytes("Bob"), 16});

    EXPECT_EQ(base64url_encode(as_bytes(key.expose())), "VqqN6vgjbSBcIijNcacQGg");
}

TEST(ConcatKdf, longer_keys_begin_differently) {
    const SecretText small = concat_kdf(agreed, {"A256CBC-HS512", {}, {}, 32});
    const SecretText large = concat_kdf(agreed, {"A256CBC-HS512", {}, {}, 64});

    EXPECT_EQ(large.size(), 64U);
    EXPECT_NE(large.expose().substr(0, 32), small.expose());
    EXPECT_NE(large.expose().substr(0, 32), large.expose().substr(32));
}

TEST(ConcatKdf, tells_the_parties_apart) {
    const SecretText one = concat_kdf(agreed, {"A128KW", as_bytes("ab"), as_bytes("c"), 16});
    const SecretText other = concat_kdf(agreed, {"A128KW", as_bytes("a"), as_bytes("bc"), 16});

    EXPECT_FALSE(constant_time_equal(one, other));
}

}  // namespace
}  // namespace cardea::jose::detail
