// SPDX-License-Identifier: Apache-2.0
#include "cardea/crypto/keyring.h"

#include <gtest/gtest.h>

namespace cardea::crypto {
namespace {

constexpr Purpose csrf("csrf");
constexpr Purpose flow("flow");
constexpr std::string_view old_secret = "RhVu5sXPYbgqKTr1bZXwAnx5Wd7YzuwM";
constexpr std::string_view new_secret = "4bfb6f1c6d4b1ed0f4f5a9fd37d2d2f1c1a0f2a1b3d57a09";

Keyring keyring(std::string_view secrets) {
    return Keyring::parse(secrets).value();
}

Keyring rotated() {
    return keyring(std::string(new_secret) + "\n" + std::string(old_secret) + "\n");
}

TEST(Keyring, verifies_what_it_made) {
    const Keyring keys = keyring(new_secret);
    const Mac mac = keys.mac(csrf, as_bytes("session"));

    EXPECT_EQ(keys.verify_mac(csrf, as_bytes("session"), mac).value(), keys.newest());
    EXPECT_EQ(keys.verify_mac(csrf, as_bytes("session2"), mac).error().code, Errc::signature_invalid);
    EXPECT_FALSE(keys.verify_mac(flow, as_bytes("session"), mac));
    EXPECT_FALSE(keys.verify_mac(csrf, as_bytes("session"), ByteView(mac).first(31)));
    EXPECT_FALSE(keyring(old_secret).verify_mac(csrf, as_bytes("session"), mac));
}

TEST(Keyring, opens_what_it_sealed) {
    FakeRandom random;
    const Keyring keys = keyring(new_secret);
    const std::string sealed = keys.seal(flow, as_bytes("state"), as_bytes("browser"), random);

    EXPECT_EQ(keys.open(flow, sealed, as_bytes("browser")).value().expose(), "state");
    EXPECT_EQ(keys.open(csrf, sealed, as_bytes("browser")).error().code, Errc::signature_invalid);
    EXPECT_EQ(keys.open(flow, sealed, as_bytes("other")).error().code, Errc::signature_invalid);
    EXPECT_NE(keys.seal(flow, as_bytes("state"), as_bytes("browser"), random), sealed);
}

TEST(Keyring, opens_an_empty_seal) {
    FakeRandom random;
    const Keyring keys = keyring(new_secret);

    EXPECT_TRUE(keys.open(flow, keys.seal(flow, {}, {}, random), {}).value().empty());
}

TEST(Keyring, seals_in_a_text_that_names_its_key) {
    FakeRandom random;
    const Keyring keys = keyring(new_secret);

    const std::string sealed = keys.seal(flow, as_bytes("state"), {}, random);

    EXPECT_TRUE(sealed.starts_with(keys.newest() + "."));
    EXPECT_EQ(keys.newest().size(), 8U);
    EXPECT_EQ(
        sealed.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."),
        sealed.npos
    );
}

TEST(Keyring, goes_on_with_older_keys_after_a_rotation) {
    FakeRandom random;
    const Keyring before = keyring(old_secret);
    const std::string sealed = before.seal(flow, as_bytes("state"), {}, random);
    const Mac mac = before.mac(csrf, as_bytes("session"));

    const Keyring after = rotated();

    EXPECT_EQ(after.newest(), keyring(new_secret).newest());
    EXPECT_EQ(after.open(flow, sealed, {}).value().expose(), "state");
    EXPECT_EQ(after.verify_mac(csrf, as_bytes("session"), mac).value(), before.newest());
    EXPECT_TRUE(constant_time_equal(after.derive_all(flow)[1].key, before.derive(flow)));
    EXPECT_FALSE(constant_time_equal(after.derive(flow), before.derive(flow)));
    EXPECT_FALSE(before.open(flow, after.seal(flow, as_bytes("state"), {}, random), {}));
}

TEST(Keyring, refuses_a_key_that_retired) {
    FakeRandom random;
    const std::string sealed = keyring(old_secret).seal(flow, as_bytes("state"), {}, random);

    EXPECT_EQ(keyring(new_secret).open(flow, sealed, {}).error().code, Errc::signature_invalid);
}

TEST(Keyring, refuses_every_change_of_a_seal) {
    FakeRandom random;
    const Keyring keys = rotated();
    const std::string sealed = keys.seal(flow, as_bytes("state"), {}, random);

    for (std::size_t i = 0; i < sealed.size(); ++i) {
        std::string changed = sealed;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(keys.open(flow, changed, {})) << i;
        EXPECT_FALSE(keys.open(flow, sealed.substr(0, i), {})) << i;
    }
    for (const std::string& wrong :
         {std::string(), std::string("."), sealed + "A", keys.newest() + ".", sealed + "="}) {
        EXPECT_FALSE(keys.open(flow, wrong, {})) << wrong;
    }
}

TEST(Keyring, makes_secrets_that_it_accepts) {
    FakeRandom random;
    const SecretText secret = Keyring::make_secret(random);

    EXPECT_EQ(secret.size(), 43U);
    EXPECT_TRUE(Keyring::parse(secret.expose()));
}

TEST(Keyring, refuses_secrets_that_can_be_guessed) {
    for (const std::string& weak :
         {std::string(),
          std::string(" \n"),
          std::string(old_secret.substr(1)),
          std::string(64, 'a'),
          std::string("abcdefgabcdefgabcdefgabcdefgabcdefg"),
          std::string("correct-horse-1!correct-horse-1!"),
          std::string(1025, 'a'),
          std::string("RhVu5sXPYbgqKTr1bZXwAnx5Wd7Yzuw\xc3\xa9"),
          std::string(old_secret) + "," + std::string(old_secret),
          std::string(old_secret) + " changeme"}) {
        const Result<Keyring> refused = Keyring::parse(weak);
        ASSERT_FALSE(refused) << weak;
        EXPECT_EQ(refused.error().code, Errc::config);
        EXPECT_NE(refused.error().context.find("openssl rand"), std::string::npos);
        EXPECT_EQ(refused.error().context.find("RhVu5sXPYbgqKTr1"), std::string::npos);
    }
}

TEST(Keyring, refuses_more_than_eight_secrets) {
    FakeRandom random;
    std::string secrets;
    for (int i = 0; i < 9; ++i) {
        secrets += std::string(Keyring::make_secret(random).expose()) + ",";
    }

    EXPECT_EQ(Keyring::parse(secrets).error().code, Errc::config);
    EXPECT_EQ(Keyring::parse(secrets.substr(44)).value().size(), 8U);
}

}  // namespace
}  // namespace cardea::crypto
