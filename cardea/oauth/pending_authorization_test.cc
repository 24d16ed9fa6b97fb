// SPDX-License-Identifier: Apache-2.0
#include "cardea/oauth/pending_authorization.h"

#include "cardea/base/base64url.h"
#include "cardea/crypto/sha256.h"

#include <gtest/gtest.h>

namespace cardea::oauth {
namespace {

class PendingAuthorizationTest : public ::testing::Test {
 protected:
    static crypto::Keyring keyring(std::string_view secrets) {
        return crypto::Keyring::parse(secrets).value();
    }
    PendingAuthorization begin(std::string next = "/orders") {
        return PendingAuthorization::make(std::move(next), clock_.now(), random_);
    }
    Result<PendingAuthorization> open(std::string_view state, const StateBinding& binding) const {
        return PendingAuthorization::open(state, keyring_, binding, clock_.now());
    }
    static Errc code(const Result<PendingAuthorization>& opened) {
        return opened ? Errc::internal : opened.error().code;
    }

    FakeClock clock_;
    FakeRandom random_;
    crypto::Keyring keyring_ = keyring("correct-horse-battery-staple-0123456789-abcdef");
    StateBinding binding_{
        "the first browser", "https://id.example", "client-1", "https://app.example/callback"
    };
};

TEST_F(PendingAuthorizationTest, comes_back_in_the_browser_that_began_it) {
    const PendingAuthorization pending = begin();

    const Result<PendingAuthorization> opened = open(pending.seal(keyring_, binding_, random_), binding_);

    ASSERT_TRUE(opened) << opened.error().context;
    EXPECT_TRUE(constant_time_equal(opened->code_verifier(), pending.code_verifier()));
    EXPECT_EQ(opened->nonce(), pending.nonce());
    EXPECT_EQ(opened->next(), "/orders");
    EXPECT_EQ(opened->begun_at(), clock_.now());
}

TEST_F(PendingAuthorizationTest, asvs5_10_1_2_is_worth_nothing_elsewhere) {
    const std::string state = begin().seal(keyring_, binding_, random_);
    const auto changed = [this](auto change) {
        StateBinding binding = binding_;
        change(binding);
        return binding;
    };

    EXPECT_EQ(
        code(open(state, changed([](auto& b) { b.browser = "the second browser"; }))), Errc::csrf_rejected
    );
    EXPECT_EQ(code(open(state, changed([](auto& b) { b.browser = ""; }))), Errc::csrf_rejected);
    EXPECT_EQ(
        code(open(state, changed([](auto& b) { b.issuer = "https://evil.example"; }))), Errc::csrf_rejected
    );
    EXPECT_EQ(code(open(state, changed([](auto& b) { b.client_id = "client-2"; }))), Errc::csrf_rejected);
    EXPECT_EQ(
        code(open(state, changed([](auto& b) { b.redirect_uri = "https://app.example/b"; }))),
        Errc::csrf_rejected
    );
}

TEST_F(PendingAuthorizationTest, cannot_be_made_up_or_changed) {
    std::string state = begin().seal(keyring_, binding_, random_);
    state[state.size() / 2] = state[state.size() / 2] == 'A' ? 'B' : 'A';

    EXPECT_EQ(code(open(state, binding_)), Errc::csrf_rejected);
    EXPECT_EQ(code(open("", binding_)), Errc::csrf_rejected);
    EXPECT_EQ(code(open("state", binding_)), Errc::csrf_rejected);
    EXPECT_EQ(code(open(state.substr(0, 60), binding_)), Errc::csrf_rejected);
}

TEST_F(PendingAuthorizationTest, ends_after_half_an_hour) {
    const std::string state = begin().seal(keyring_, binding_, random_);

    clock_.advance(authorization_lifetime - Duration(1));
    EXPECT_TRUE(open(state, binding_).has_value());
    clock_.advance(Duration(1));
    EXPECT_EQ(code(open(state, binding_)), Errc::expired);
}

TEST_F(PendingAuthorizationTest, outlives_a_change_of_the_root_secret) {
    const std::string state = begin().seal(keyring_, binding_, random_);

    const crypto::Keyring rotated = keyring(
        "another-horse-battery-staple-9876543210-fedcba correct-horse-battery-staple-0123456789-abcdef"
    );

    EXPECT_TRUE(PendingAuthorization::open(state, rotated, binding_, clock_.now()).has_value());
}

TEST_F(PendingAuthorizationTest, is_different_for_every_tab) {
    const PendingAuthorization one = begin();
    const PendingAuthorization two = begin();

    EXPECT_NE(one.nonce(), two.nonce());
    EXPECT_FALSE(constant_time_equal(one.code_verifier(), two.code_verifier()));
    EXPECT_TRUE(open(one.seal(keyring_, binding_, random_), binding_).has_value());
    EXPECT_TRUE(open(two.seal(keyring_, binding_, random_), binding_).has_value());
}

TEST_F(PendingAuthorizationTest, challenges_with_the_hash_of_the_verifier) {
    const PendingAuthorization pending = begin();
    const SecretText verifier = pending.code_verifier();

    EXPECT_EQ(verifier.size(), 43U);
    EXPECT_EQ(pending.code_challenge(), base64url_encode(crypto::sha256(as_bytes(verifier.expose()))));
    EXPECT_EQ(begin().seal(keyring_, binding_, random_).find(verifier.expose()), std::string::npos);
}

TEST_F(PendingAuthorizationTest, carries_no_long_way_back) {
    EXPECT_EQ(begin("/" + std::string(511, 'a')).next().size(), 512U);
    EXPECT_EQ(begin("/" + std::string(512, 'a')).next(), "/");
    EXPECT_LT(begin("/" + std::string(511, 'a')).seal(keyring_, binding_, random_).size(), 1000U);
}

}  // namespace
}  // namespace cardea::oauth
