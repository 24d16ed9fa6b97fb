// SPDX-License-Identifier: Apache-2.0
// The signatures of Wycheproof and of the JOSE cookbook (RFC 7520 section 4, RFC 7797, RFC 8037).
#include "cardea/base/base64url.h"
#include "cardea/base/json_writer.h"
#include "cardea/jose/jws.h"
#include "tests/support/vectors.h"
#include "tests/support/wycheproof.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <iostream>

namespace cardea::jose {
namespace {

// Rows that are labelled wrongly, with what is right.
struct Faulty {
    std::int64_t row;
    bool is_good;
    std::string_view why;
};
constexpr std::array<Faulty, 8> faulty{{
    {346, false, "the key says PS256, the message PS384"},
    {347, false, "the key says ES521, which does not exist"},
    {350, false, "as 346"},
    {351, false, "as 347"},
    {367, true, "equal to a valid message"},
    {370, true, "equal to a valid message"},
    {372, false, "a character that is not base64url"},
    {373, false, "a character that is not base64url"},
}};

bool is_good(const testing::WycheproofCase& one) {
    const auto found = std::ranges::find(faulty, one.test.find("tcId")->as_integer().value(), &Faulty::row);
    return found != faulty.end() ? found->is_good : one.is_valid();
}

bool verifies(const testing::WycheproofCase& one) {
    const Json* half = one.group.find("public");
    const Result<Jwk> jwk = Jwk::from_json(half != nullptr ? *half : *one.group.find("private"));
    const Result<VerificationKey> key =
        jwk ? VerificationKey::make(*jwk) : Result<VerificationKey>(std::unexpected(jwk.error()));
    if (!key) {
        return false;
    }
    const KeySet set(*key);
    return JwsVerifier(set, key->algorithm()).verify_compact(one.test.find_text("jws").value()).has_value();
}

TEST(JwsVectors, agree_with_wycheproof) {
    CARDEA_VECTORS_OR_SKIP(file, "wycheproof/json_web_signature_test.json");
    std::size_t valid = 0;

    const std::size_t count = testing::for_each_wycheproof_case(file, [&](const auto& one) {
        const bool accepted = verifies(one);
        EXPECT_EQ(accepted, is_good(one)) << one.test.find_text("comment").value_or("");
        valid += accepted ? 1U : 0U;
    });

    std::cout << "[ vectors  ] " << count << " cases, " << valid << " valid, " << faulty.size()
              << " labelled wrongly\n";
    EXPECT_EQ(count, 401U);
    EXPECT_EQ(valid, 42U);
}

/// One example of the cookbook.
class Example {
 public:
    explicit Example(const std::string& text) : json_(parse_json(text).value()) {}

    [[nodiscard]] const Json& input() const { return *json_.find("input"); }
    [[nodiscard]] const Json* output(std::string_view name) const { return json_.find("output")->find(name); }
    [[nodiscard]] ByteView payload() const { return as_bytes(input().find_text("payload").value()); }

    /// The keys with the algorithms that the example uses them with.
    [[nodiscard]] std::vector<Jwk> keys() const {
        const Json& key = *input().find("key");
        const Json& alg = *input().find("alg");
        const std::span<const Json> all = key.is_array() ? key.items() : std::span(&key, 1);
        std::vector<Jwk> keys;
        for (std::size_t i = 0; i < all.size(); ++i) {
            keys.push_back(Jwk::from_json(all[i]).value());
            keys.back().set_alg(alg.is_array() ? *alg.items()[i].as_text() : *alg.as_text());
        }
        return keys;
    }

 private:
    Json json_;
};

constexpr JwsAlgorithms every{
    JwsAlgorithm::hs256, {JwsAlgorithm::rs256, JwsAlgorithm::ps384, JwsAlgorithm::es512, JwsAlgorithm::eddsa}
};

/// Verifies every serialization of an example and returns how many there are.
std::size_t verify_all(const Example& example) {
    std::vector<VerificationKey> keys;
    for (const Jwk& jwk : example.keys()) {
        keys.push_back(VerificationKey::make(jwk).value());
    }
    const std::size_t signers = keys.size();
    const KeySet set(std::move(keys));
    const JwsVerifier verifier(set, every);
    std::size_t count = 0;
    if (const Json* compact = example.output("compact")) {
        const std::string_view text = compact->as_text().value();
        EXPECT_TRUE(verifier.verify_compact(text) || verifier.verify_compact(text, example.payload()));
        ++count;
    }
    for (const std::string_view name : {"json", "json_flat"}) {
        const Json* json = example.output(name);
        if (json == nullptr) {
            continue;
        }
        const std::string text = to_string(*json);
        const bool is_detached = json->find("payload") == nullptr;
        const auto verified =
            is_detached ? verifier.verify_json(text, example.payload()) : verifier.verify_json(text);
        EXPECT_TRUE(verified) << name;
        EXPECT_TRUE(verified && verified->headers.size() == signers);
        EXPECT_TRUE(is_detached || (verified && as_text(verified->payload) == as_text(example.payload())));
        ++count;
    }
    return count;
}

TEST(JwsVectors, agree_with_the_cookbook) {
    std::size_t count = 0;
    for (const char* name : {
             "jws/4_1.rsa_v15_signature",
             "jws/4_2.rsa-pss_signature",
             "jws/4_3.ecdsa_signature",
             "jws/4_4.hmac-sha2_integrity_protection",
             "jws/4_5.signature_with_detached_content",
             "jws/4_6.protecting_specific_header_fields",
             "jws/4_7.protecting_content_only",
             "jws/4_8.multiple_signatures",
             "rfc7797/hmac-sha2_b64_false",
             "curve25519/jws",
         }) {
        CARDEA_VECTORS_OR_SKIP(file, "jose-cookbook/" + std::string(name) + ".json");
        SCOPED_TRACE(name);
        count += verify_all(Example(file));
    }
    std::cout << "[ vectors  ] " << count << " serializations\n";
    EXPECT_EQ(count, 26U);
}

TEST(JwsVectors, are_made_to_the_byte_where_they_can_be) {
    for (const char* name :
         {"jws/4_1.rsa_v15_signature", "jws/4_4.hmac-sha2_integrity_protection", "curve25519/jws"}) {
        CARDEA_VECTORS_OR_SKIP(file, "jose-cookbook/" + std::string(name) + ".json");
        const Example example(file);
        const SigningKey key = SigningKey::make(example.keys().front()).value();

        EXPECT_EQ(sign_compact(key, example.payload()), example.output("compact")->as_text()) << name;
    }
}

// Its header has "b64" and not "crit", which RFC 7797 section 6 forbids.
TEST(JwsVectors, the_faulty_example_of_rfc_7797_in_the_cookbook_is_refused) {
    CARDEA_VECTORS_OR_SKIP(file, "jose-cookbook/rfc7797/4.2.hmac-sha2_b64_false.json");
    const Example example(file);
    const KeySet set(VerificationKey::make(example.keys().front()).value());

    const auto verified = JwsVerifier(set, every).verify_json(to_string(*example.output("json")));

    EXPECT_EQ(verified.error().code, Errc::malformed);
}

}  // namespace
}  // namespace cardea::jose
