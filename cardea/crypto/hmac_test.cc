// SPDX-License-Identifier: Apache-2.0
#include "cardea/crypto/hmac.h"

#include "tests/support/vectors.h"
#include "tests/support/wycheproof.h"

#include <gtest/gtest.h>

namespace cardea::crypto {
namespace {

std::string hmac_of(ByteView key, std::string_view text) {
    return hex_encode(hmac_sha256(key, as_bytes(text)));
}

// RFC 4231 sections 4.2 to 4.8 (case 5 is a truncated tag).
TEST(Hmac, agrees_with_rfc_4231) {
    EXPECT_EQ(
        hmac_of(Bytes(20, 0x0b), "Hi There"),
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    );
    EXPECT_EQ(
        hmac_of(as_bytes("Jefe"), "what do ya want for nothing?"),
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    );
    EXPECT_EQ(
        hmac_of(Bytes(20, 0xaa), std::string(50, '\xdd')),
        "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
    );
    EXPECT_EQ(
        hmac_of(Bytes(131, 0xaa), "Test Using Larger Than Block-Size Key - Hash Key First"),
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    );
}

TEST(Hmac, takes_an_empty_key_for_what_it_is) {
    const std::string before = hmac_of({}, "");

    std::ignore = hmac_of(as_bytes("another key"), "");

    EXPECT_EQ(before, "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
    EXPECT_EQ(hmac_of({}, ""), before);
}

// How many cases of a file an HMAC decides as the file says.
std::size_t count_wycheproof(const std::string& file, HashAlgorithm algorithm) {
    return testing::for_each_wycheproof_case(file, [algorithm](const testing::WycheproofCase& one) {
        const Bytes tag = one.hex("tag");
        const Digest mac = hmac(algorithm, one.hex("key"), one.hex("msg"));
        EXPECT_EQ(constant_time_equal(mac.bytes().first(tag.size()), tag), one.is_valid());
    });
}

TEST(Hmac, agrees_with_wycheproof) {
    CARDEA_VECTORS_OR_SKIP(sha1, "wycheproof/hmac_sha1_test.json");
    CARDEA_VECTORS_OR_SKIP(sha256, "wycheproof/hmac_sha256_test.json");
    CARDEA_VECTORS_OR_SKIP(sha512, "wycheproof/hmac_sha512_test.json");

    EXPECT_EQ(count_wycheproof(sha1, HashAlgorithm::sha1), 170U);
    EXPECT_EQ(count_wycheproof(sha256, HashAlgorithm::sha256), 174U);
    EXPECT_EQ(count_wycheproof(sha512, HashAlgorithm::sha512), 174U);
}

TEST(Hmac, is_the_same_by_both_names) {
    const Digest named = hmac(HashAlgorithm::sha256, as_bytes("key"), as_bytes("message"));

    EXPECT_TRUE(constant_time_equal(named.bytes(), hmac_sha256(as_bytes("key"), as_bytes("message"))));
}

}  // namespace
}  // namespace cardea::crypto
