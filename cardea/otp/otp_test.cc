// SPDX-License-Identifier: Apache-2.0
#include "cardea/otp/otp.h"

#include <gtest/gtest.h>

#include <array>
#include <limits>
#include <map>

namespace cardea::otp {
namespace {

using crypto::HashAlgorithm;
using std::chrono::seconds;

SharedSecret secret_of(std::string_view text) {
    return SharedSecret::from_bytes(as_bytes(text)).value();
}

constexpr std::string_view rfc_secret = "12345678901234567890";

Hotp rfc_hotp() {
    return Hotp::make(secret_of(rfc_secret)).value();
}

Totp rfc_totp() {
    return Totp::make(secret_of(rfc_secret)).value();
}

constexpr Time at(std::int64_t unix) {
    return Time(seconds(unix));
}

/// RFC 4226 appendix D.
constexpr std::array<std::string_view, 10> rfc4226{
    "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"
};

TEST(Hotp, agrees_with_rfc_4226) {
    const Hotp hotp = rfc_hotp();
    for (std::uint64_t counter = 0; counter < rfc4226.size(); ++counter) {
        EXPECT_EQ(hotp.code(counter).expose(), rfc4226[counter]);
        EXPECT_EQ(hotp.verify(rfc4226[counter], counter), counter);
    }
}

TEST(Hotp, looks_ahead_and_never_back) {
    const Hotp hotp = rfc_hotp();

    EXPECT_EQ(hotp.verify(rfc4226[5], 3, 2), 5U);
    EXPECT_EQ(hotp.verify(rfc4226[6], 3, 2).error().code, Errc::credentials_wrong);
    EXPECT_EQ(hotp.verify(rfc4226[2], 3, 2).error().code, Errc::credentials_wrong);
    EXPECT_EQ(hotp.verify(rfc4226[4], 3).error().code, Errc::credentials_wrong);
}

TEST(Hotp, counts_to_the_end_of_its_counter) {
    constexpr std::uint64_t last = std::numeric_limits<std::uint64_t>::max();
    const Hotp hotp = rfc_hotp();

    EXPECT_EQ(hotp.verify(hotp.code(last).expose(), last - 1, 100), last);
    EXPECT_EQ(hotp.verify(hotp.code(0).expose(), last, 100).error().code, Errc::credentials_wrong);
}

TEST(Otp, refuses_what_is_no_code) {
    for (const std::string_view wrong :
         {"",
          "75522",
          "7552244",
          "75522x",
          "-55224",
          "+755224",
          "7552 4",
          "755224\n",
          "755.224",
          "\uff17\uff15"}) {
        EXPECT_EQ(rfc_hotp().verify(wrong, 0).error().code, Errc::malformed) << wrong;
        EXPECT_EQ(rfc_totp().verify(wrong, at(59), {}).error().code, Errc::malformed) << wrong;
    }
}

TEST(Otp, reads_codes_as_apps_show_them) {
    EXPECT_EQ(rfc_hotp().verify("755 224", 0), 0U);
    EXPECT_EQ(rfc_hotp().verify(" 755224 ", 0), 0U);
}

TEST(Otp, is_made_only_in_formats_that_exist) {
    for (const CodeFormat& wrong :
         {CodeFormat{.digits = 5},
          CodeFormat{.digits = 9},
          CodeFormat{.digits = 0},
          CodeFormat{.algorithm = HashAlgorithm::sha384}}) {
        EXPECT_EQ(Hotp::make(secret_of("x"), wrong).error().code, Errc::unsupported);
        EXPECT_EQ(Totp::make(secret_of("x"), wrong).error().code, Errc::unsupported);
    }
    for (const std::int64_t period : {-30, 0, 86'401}) {
        EXPECT_EQ(Totp::make(secret_of("x"), {}, seconds(period)).error().code, Errc::unsupported);
    }
    EXPECT_TRUE(Totp::make(secret_of("x"), {}, seconds(1)));
    EXPECT_TRUE(Totp::make(secret_of("x"), {}, Totp::longest_period));
}

struct Rfc6238Row {
    std::int64_t time;
    std::string_view sha1;
    std::string_view sha256;
    std::string_view sha512;
};

/// RFC 6238 appendix B, with the longer secrets of erratum 2866.
constexpr std::array<Rfc6238Row, 6> rfc6238{
    {{59, "94287082", "46119246", "90693936"},
     {1111111109, "07081804", "68084774", "25091201"},
     {1111111111, "14050471", "67062674", "99943326"},
     {1234567890, "89005924", "91819424", "93441116"},
     {2000000000, "69279037", "90698825", "38618901"},
     {20000000000, "65353130", "77737706", "47863826"}}
};

TEST(Totp, agrees_with_rfc_6238) {
    const auto make = [](HashAlgorithm algorithm) {
        std::string secret;
        while (secret.size() < crypto::digest_size(algorithm)) {
            secret += rfc_secret;
        }
        secret.resize(crypto::digest_size(algorithm));
        return Totp::make(secret_of(secret), {.algorithm = algorithm, .digits = 8}).value();
    };
    for (const Rfc6238Row& row : rfc6238) {
        EXPECT_EQ(make(HashAlgorithm::sha1).code(at(row.time)).expose(), row.sha1);
        EXPECT_EQ(make(HashAlgorithm::sha256).code(at(row.time)).expose(), row.sha256);
        EXPECT_EQ(make(HashAlgorithm::sha512).code(at(row.time)).expose(), row.sha512);
    }
}

TEST(Totp, gives_six_digits_for_thirty_seconds) {
    const Totp totp = rfc_totp();
    const std::map<std::int64_t, std::string_view> codes{
        {59, "287082"},
        {1111111109, "081804"},
        {1111111111, "050471"},
        {1234567890, "005924"},
        {2000000000, "279037"},
        {20000000000, "353130"},
    };
    for (const auto& [time, code] : codes) {
        EXPECT_EQ(totp.code(at(time)).expose(), code);
    }
    EXPECT_EQ(totp.code(at(30)).expose(), totp.code(at(59) + Duration(999)).expose());
    EXPECT_NE(totp.code(at(60)).expose(), totp.code(at(59)).expose());
}

TEST(Totp, knows_where_a_step_ends) {
    EXPECT_EQ(rfc_totp().step_at(at(59)), 1U);
    EXPECT_EQ(rfc_totp().end_of(1), at(60));
    EXPECT_EQ(rfc_totp().step_at(at(-1)), 0U);
}

TEST(Totp, accepts_one_step_before_and_after) {
    const Totp totp = rfc_totp();
    const Time now = at(1'700'000'000);
    const auto code_of = [&](std::int64_t steps) {
        return std::string(totp.code(now + steps * Totp::usual_period).expose());
    };

    EXPECT_EQ(totp.verify(code_of(0), now, {}), totp.step_at(now));
    EXPECT_EQ(totp.verify(code_of(-1), now, {}), totp.step_at(now) - 1);
    EXPECT_EQ(totp.verify(code_of(1), now, {}), totp.step_at(now) + 1);
    EXPECT_EQ(totp.verify(code_of(-2), now, {}).error().code, Errc::credentials_wrong);
    EXPECT_EQ(totp.verify(code_of(2), now, {}).error().code, Errc::credentials_wrong);
    EXPECT_EQ(totp.verify(code_of(-1), now, {}, 0).error().code, Errc::credentials_wrong);
    EXPECT_EQ(totp.verify(code_of(-3), now, {}, 3), totp.step_at(now) - 3);
}

TEST(Totp, asvs5_6_5_1_accepts_a_code_once) {
    const Totp totp = rfc_totp();
    const Time now = at(1'700'000'000);
    const SecretText code = totp.code(now);

    const Result<TimeStep> first = totp.verify(code.expose(), now, {});

    ASSERT_TRUE(first);
    EXPECT_EQ(totp.verify(code.expose(), now, *first).error().code, Errc::replayed);
    EXPECT_EQ(totp.verify(code.expose(), now + Totp::usual_period, *first).error().code, Errc::replayed);
}

TEST(Totp, refuses_an_older_code_after_a_newer_one) {
    const Totp totp = rfc_totp();
    const Time now = at(1'700'000'000);
    const Result<TimeStep> newer = totp.verify(totp.code(now).expose(), now, {});
    ASSERT_TRUE(newer);

    const SecretText older = totp.code(now - Totp::usual_period);

    EXPECT_EQ(totp.verify(older.expose(), now, *newer).error().code, Errc::replayed);
    EXPECT_TRUE(totp.verify(totp.code(now + Totp::usual_period).expose(), now, *newer));
}

TEST(Totp, spends_a_code_for_every_step_that_it_belongs_to) {
    const Totp totp = rfc_totp();
    // Two steps near each other whose codes are equal by chance.
    std::map<std::string, TimeStep, std::less<>> seen;
    for (TimeStep step = 1'000;; ++step) {
        const std::string code(totp.code(totp.end_of(step - 1)).expose());
        const auto [before, is_new] = seen.emplace(code, step);
        if (!is_new && step - before->second <= 200) {
            const Time between = totp.end_of((step + before->second) / 2);
            const Result<TimeStep> accepted = totp.verify(code, between, {}, max_window);
            ASSERT_EQ(accepted, step);
            EXPECT_EQ(totp.verify(code, between, *accepted, max_window).error().code, Errc::replayed);
            return;
        }
        before->second = step;
    }
}

TEST(Totp, works_at_the_beginning_of_time) {
    const Totp totp = rfc_totp();

    EXPECT_EQ(totp.verify(totp.code(at(0)).expose(), at(0), {}), 0U);
    EXPECT_EQ(totp.verify(totp.code(at(30)).expose(), at(0), {}), 1U);
}

}  // namespace
}  // namespace cardea::otp
