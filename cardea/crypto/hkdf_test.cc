// SPDX-License-Identifier: Apache-2.0
#include "cardea/crypto/hkdf.h"

#include "tests/support/vectors.h"
#include "tests/support/wycheproof.h"

#include <gtest/gtest.h>

namespace cardea::crypto {
namespace {

std::string derived(ByteView secret, ByteView salt, ByteView info, std::size_t size) {
    Bytes out(size);
    hkdf_sha256(secret, salt, info, out);
    return hex_encode(out);
}

// RFC 5869 appendix A.1 and A.3.
TEST(Hkdf, agrees_with_rfc_5869) {
    const Bytes secret(22, 0x0b);

    EXPECT_EQ(
        derived(
            secret,
            hex_decode("000102030405060708090a0b0c").value(),
            hex_decode("f0f1f2f3f4f5f6f7f8f9").value(),
            42
        ),
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
    );
    EXPECT_EQ(
        derived(secret, {}, {}, 42),
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"
    );
    EXPECT_EQ(
        hex_encode(hkdf_extract(secret, hex_decode("000102030405060708090a0b0c").value()).expose()),
        "077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5"
    );
}

TEST(Hkdf, agrees_with_wycheproof) {
    CARDEA_VECTORS_OR_SKIP(file, "wycheproof/hkdf_sha256_test.json");
    std::size_t too_large = 0;

    const std::size_t count =
        testing::for_each_wycheproof_case(file, [&](const testing::WycheproofCase& one) {
            if (!one.is_valid()) {
                ++too_large;  // lengths that the contract forbids
                return;
            }
            const auto size = static_cast<std::size_t>(one.test.find("size")->as_integer().value());
            EXPECT_EQ(
                derived(one.hex("ikm"), one.hex("salt"), one.hex("info"), size), one.test.find_text("okm")
            );
        });

    EXPECT_EQ(count, 86U);
    EXPECT_EQ(too_large, 3U);
}

}  // namespace
}  // namespace cardea::crypto
