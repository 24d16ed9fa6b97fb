// SPDX-License-Identifier: Apache-2.0
#include "cardea/cookies/url_safe.h"

#include "cardea/base/base64url.h"
#include "cardea/cookies/detail/zlib.h"
#include "tests/support/cookie_values.h"

#include <gtest/gtest.h>

namespace cardea::cookies {
namespace {

using std::chrono::seconds;
using testing::now;

SecretKeys secrets() {
    return SecretKeys::make("s3cr3t-key-for-test-vectors-0001").value();
}

UrlSafeSerializer serializer() {
    return UrlSafeSerializer(secrets(), {.salt = "auth"});
}

// A value whose signature is right and whose payload is what it likes.
std::string signed_payload(std::string_view payload) {
    return ItsdangerousSigner(secrets(), {.salt = "auth"}).sign(payload);
}

TEST(UrlSafeSerializer, compresses_where_that_is_shorter) {
    const Json small = parse_json(R"({"id":5})").value();
    const Json large(std::string(1000, 'x'));

    EXPECT_FALSE(serializer().dumps(small).starts_with('.'));
    EXPECT_TRUE(serializer().dumps(large).starts_with('.'));
    EXPECT_EQ(serializer().loads(serializer().dumps(small)).value(), small);
    EXPECT_EQ(serializer().loads(serializer().dumps(large)).value(), large);
}

TEST(UrlSafeSerializer, bounds_what_it_inflates) {
    const std::string most = '"' + std::string((std::size_t{256} << 10U) - 2, 'x') + '"';
    const std::string more = '"' + std::string((std::size_t{256} << 10U) - 1, 'x') + '"';
    const std::string bomb(std::size_t{64} << 20U, ' ');

    EXPECT_TRUE(serializer().loads(signed_payload('.' + base64url_encode(detail::zlib_compress(most)))));
    for (const std::string& text : {more, bomb}) {
        const Bytes compressed = detail::zlib_compress(text);
        EXPECT_EQ(
            serializer().loads(signed_payload('.' + base64url_encode(compressed))).error().code,
            Errc::too_large
        );
    }
}

TEST(UrlSafeSerializer, refuses_payloads_that_are_none) {
    Bytes cut = detail::zlib_compress(std::string(100, ' ') + "1");
    Bytes longer = cut;
    longer.push_back(0);
    cut.pop_back();
    const std::string payloads[] = {
        "",
        ".",
        "MQ=",   // padding
        "MR",    // stray bits
        "+/+/",  // the other alphabet
        base64url_encode(as_bytes("{")),
        base64url_encode(as_bytes("NaN")),
        base64url_encode(as_bytes(R"({"a":1,"a":2})")),
        base64url_encode(as_bytes("18446744073709551616")),
        ".MQ",  // not compressed
        '.' + base64url_encode(cut),
        '.' + base64url_encode(longer),
    };
    for (const std::string& payload : payloads) {
        EXPECT_EQ(serializer().loads(signed_payload(payload)).error().code, Errc::malformed) << payload;
    }
    EXPECT_TRUE(serializer().loads(signed_payload("MQ")));
}

TEST(UrlSafeSerializer, looks_at_no_payload_before_the_signature) {
    const Bytes bomb = detail::zlib_compress(std::string(std::size_t{64} << 20U, ' '));
    const std::string text = '.' + base64url_encode(bomb) + ".OotKMDbMjG48hvcMaSTk_6m9lik";

    EXPECT_EQ(serializer().loads(text).error().code, Errc::signature_invalid);
}

TEST(UrlSafeTimedSerializer, says_when_it_was_signed) {
    const UrlSafeTimedSerializer timed(secrets(), {.salt = "auth"});
    const std::string text = timed.dumps(Json(std::int64_t{7}), now + Duration(900));

    EXPECT_EQ(timed.loads(text, now, seconds(5))->value, Json(std::int64_t{7}));
    EXPECT_EQ(timed.loads(text, now, seconds(5))->signed_at, now);
    EXPECT_EQ(timed.loads(text, now + seconds(6), seconds(5)).error().code, Errc::expired);
    EXPECT_EQ(serializer().loads(text).error().code, Errc::malformed);
}

}  // namespace
}  // namespace cardea::cookies
