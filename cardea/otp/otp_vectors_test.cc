// SPDX-License-Identifier: Apache-2.0
// The vectors of passlib and pyotp, beside those of the RFCs; how many of each came out right is asserted.
#include "cardea/base/hex.h"
#include "cardea/base/json.h"
#include "cardea/otp/otp.h"
#include "tests/support/vectors.h"

#include <gtest/gtest.h>

#include <iostream>
#include <string>

namespace cardea::otp {
namespace {

using crypto::HashAlgorithm;

HashAlgorithm algorithm_of(std::string_view name) {
    return name == "sha256"   ? HashAlgorithm::sha256
           : name == "sha512" ? HashAlgorithm::sha512
                              : HashAlgorithm::sha1;
}

std::int64_t number(const Json& object, std::string_view name) {
    return object.find(name)->as_integer().value();
}

Time time_of(const Json& row) {
    return Time(std::chrono::seconds(number(row, "time")));
}

Result<Totp> totp_of(const Json& row, SharedSecret secret) {
    const CodeFormat format{
        algorithm_of(row.find_text("alg").value()), static_cast<unsigned>(number(row, "digits"))
    };
    const Json* period = row.find("period");
    return Totp::make(
        std::move(secret), format, std::chrono::seconds(period ? period->as_integer().value() : 30)
    );
}

TEST(OtpVectors, rfc4226_and_rfc6238) {
    CARDEA_VECTORS_OR_SKIP(text, "otp/rfc4226_rfc6238.json");
    const Json vectors = parse_json(text).value();
    std::size_t right = 0;

    const auto key = vectors.find_text("hotp_key_ascii").value();
    const Hotp hotp = Hotp::make(SharedSecret::from_bytes(as_bytes(key)).value()).value();
    for (const Json& row : vectors.find("hotp")->items()) {
        const auto counter = static_cast<std::uint64_t>(number(row, "count"));
        right += hotp.code(counter).expose() == row.find_text("hotp") ? 1U : 0U;
    }
    for (const Json& row : vectors.find("totp")->items()) {
        const auto base32 = vectors.find("totp_keys_base32")->find_text(row.find_text("alg").value()).value();
        // The file pads its texts, but not to whole groups.
        const Totp totp = totp_of(row, SharedSecret::parse(base32, Base32Reading::lenient).value()).value();
        EXPECT_EQ(totp.step_at(time_of(row)), static_cast<TimeStep>(number(row, "step")));
        right += totp.code(time_of(row)).expose() == row.find_text("totp") ? 1U : 0U;
    }

    std::cout << "RFC 4226 and RFC 6238: " << right << " of 28\n";
    EXPECT_EQ(right, 10U + 18U);
}

TEST(OtpVectors, passlib) {
    CARDEA_VECTORS_OR_SKIP(text, "otp/passlib_pyotp_totp.json");
    const Json vectors = parse_json(text).value();
    std::size_t right = 0;
    std::size_t with_nine_digits = 0;  // which we refuse to make: 31 bits do not fill nine digits evenly

    for (const Json& row : vectors.find("totp")->items()) {
        const Bytes key = hex_decode(row.find_text("key_hex").value()).value();
        const Result<Totp> totp = totp_of(row, SharedSecret::from_bytes(key).value());
        if (!totp) {
            EXPECT_EQ(number(row, "digits"), 9);
            ++with_nine_digits;
            continue;
        }
        const auto token = row.find_text("token").value();
        EXPECT_EQ(totp->code(time_of(row)).expose(), token);
        EXPECT_EQ(totp->verify(token, time_of(row), {}, 0), totp->step_at(time_of(row)));
        ++right;
    }

    std::cout << "TOTP of passlib: " << right << " of 36, " << with_nine_digits
              << " with nine digits refused\n";
    EXPECT_EQ(right, 35U);
    EXPECT_EQ(with_nine_digits, 1U);
}

TEST(OtpVectors, pyotp) {
    CARDEA_VECTORS_OR_SKIP(text, "otp/passlib_pyotp_totp.json");
    const Json vectors = parse_json(text).value();
    std::size_t right = 0;

    for (const Json& row : vectors.find("pyotp")->items()) {
        const auto base32 = row.find_text("key_base32").value();
        const Totp totp = Totp::make(SharedSecret::parse(base32, Base32Reading::lenient).value()).value();
        right += totp.code(time_of(row)).expose() == row.find_text("token") ? 1U : 0U;
        if (const Json* window = row.find("window")) {
            for (const Json::Member& member : window->members()) {
                const Time then = time_of(row) + std::stoi(member.name) * Totp::usual_period;
                EXPECT_EQ(totp.code(then).expose(), member.value.as_text());
            }
        }
    }
    const Json& counted = *vectors.find("pyotp_hotp");
    const auto base32 = counted.find_text("key_base32").value();
    const Hotp hotp = Hotp::make(SharedSecret::parse(base32).value()).value();
    for (std::uint64_t counter = 0; const Json& value : counted.find("values")->items()) {
        right += hotp.code(counter++).expose() == value.as_text() ? 1U : 0U;
    }

    std::cout << "TOTP and HOTP of pyotp: " << right << " of 7\n";
    EXPECT_EQ(right, 2U + 5U);
}

}  // namespace
}  // namespace cardea::otp
