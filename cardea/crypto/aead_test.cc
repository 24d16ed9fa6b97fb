// SPDX-License-Identifier: Apache-2.0
#include "cardea/crypto/aead.h"

#include "cardea/base/random.h"
#include "tests/support/vectors.h"
#include "tests/support/wycheproof.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace cardea::crypto {
namespace {

TEST(Aead, agrees_with_wycheproof) {
    CARDEA_VECTORS_OR_SKIP(file, "wycheproof/xchacha20_poly1305_test.json");
    std::size_t checked = 0;

    const std::size_t count =
        testing::for_each_wycheproof_case(file, [&](const testing::WycheproofCase& one) {
            AeadNonce nonce{};
            if (one.hex("iv").size() != nonce.size()) {
                EXPECT_FALSE(one.is_valid());  // other nonce sizes do not compile here
                return;
            }
            SecretBytes<32> key;
            std::ranges::copy(one.hex("iv"), nonce.begin());
            std::ranges::copy(one.hex("key"), key.expose().begin());
            Bytes sealed = one.hex("ct");
            std::ranges::copy(one.hex("tag"), std::back_inserter(sealed));

            const Result<SecretText> opened = aead_open(key, nonce, sealed, one.hex("aad"));

            ASSERT_EQ(opened.has_value(), one.is_valid());
            if (opened) {
                EXPECT_EQ(opened->expose(), as_text(one.hex("msg")));
                EXPECT_EQ(aead_seal(key, nonce, one.hex("msg"), one.hex("aad")), sealed);
            }
            ++checked;
        });

    EXPECT_EQ(count, 315U);
    EXPECT_GT(checked, 290U);
}

TEST(Aead, opens_nothing_that_was_changed) {
    FakeRandom random;
    const SecretBytes<32> key = random.secret<32>();
    const auto nonce = random.bytes<24>();
    const Bytes sealed = aead_seal(key, nonce, as_bytes("message"), as_bytes("context"));

    EXPECT_EQ(aead_open(key, nonce, sealed, as_bytes("context")).value().expose(), "message");
    EXPECT_FALSE(aead_open(key, nonce, sealed, as_bytes("other context")));
    EXPECT_FALSE(aead_open(random.secret<32>(), nonce, sealed, as_bytes("context")));
    EXPECT_FALSE(aead_open(key, random.bytes<24>(), sealed, as_bytes("context")));
    for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
        Bytes changed = sealed;
        changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ 1U << bit % 8);
        EXPECT_EQ(aead_open(key, nonce, changed, as_bytes("context")).error().code, Errc::signature_invalid);
    }
    for (std::size_t size = 0; size < sealed.size(); ++size) {
        EXPECT_FALSE(aead_open(key, nonce, ByteView(sealed).first(size), as_bytes("context")));
    }
}

}  // namespace
}  // namespace cardea::crypto
