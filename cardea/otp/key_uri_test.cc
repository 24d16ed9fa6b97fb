// SPDX-License-Identifier: Apache-2.0
#include "cardea/otp/key_uri.h"

#include "cardea/base/json.h"
#include "cardea/http/percent.h"
#include "tests/support/vectors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <iostream>

namespace cardea::otp {
namespace {

using crypto::HashAlgorithm;
using std::chrono::seconds;
using ::testing::HasSubstr;

KeyUri key_of(std::string_view issuer, std::string_view account) {
    return {
        .issuer = std::string(issuer),
        .account = std::string(account),
        .secret = SharedSecret::parse("JBSWY3DPEHPK3PXP").value()
    };
}

std::string written(const KeyUri& key) {
    const Result<SecretText> uri = make_key_uri(key);
    EXPECT_TRUE(uri);
    return uri ? std::string(uri->expose()) : "";
}

/// A URI that is right but for what is put behind its secret.
std::string uri_with(std::string_view more) {
    return "otpauth://totp/Example:ada?secret=JBSWY3DPEHPK3PXP" + std::string(more);
}

TEST(KeyUri, is_written_as_pyotp_writes_it) {
    EXPECT_EQ(
        written(key_of("Secure App", "alice@google.com")),
        "otpauth://totp/Secure%20App:alice%40google.com?secret=JBSWY3DPEHPK3PXP&issuer=Secure%20App"
    );
    EXPECT_EQ(
        written(key_of("Ex:ample", "a/b c+d&e")),
        "otpauth://totp/Ex%3Aample:a/b%20c%2Bd%26e?secret=JBSWY3DPEHPK3PXP&issuer=Ex%3Aample"
    );
    EXPECT_EQ(written(key_of("", "ada")), "otpauth://totp/ada?secret=JBSWY3DPEHPK3PXP");
}

TEST(KeyUri, says_what_is_not_the_default) {
    KeyUri key = key_of("Example", "ada");
    key.format = {.algorithm = HashAlgorithm::sha256, .digits = 8};
    key.period = seconds(60);
    EXPECT_EQ(written(key), uri_with("&issuer=Example&algorithm=SHA256&digits=8&period=60"));

    key.kind = KeyUri::Kind::hotp;
    key.counter = 18'446'744'073'709'551'615U;
    EXPECT_EQ(
        written(key),
        "otpauth://hotp/Example:ada?secret=JBSWY3DPEHPK3PXP&issuer=Example"
        "&counter=18446744073709551615&algorithm=SHA256&digits=8"
    );
}

TEST(KeyUri, is_not_written_with_names_that_would_not_come_back) {
    for (const auto& [issuer, account] : std::to_array<std::pair<std::string, std::string>>(
             {{"Example", ""},
              {"", "a:b"},
              {"Example", " ada"},
              {"Example ", "ada"},
              {"Example", "a\nb"},
              {"Exa\x7fmple", "ada"},
              {"Example", "\xff"},
              {std::string(129, 'x'), "ada"},
              {"Example", std::string(129, 'x')}}
         )) {
        EXPECT_EQ(make_key_uri(key_of(issuer, account)).error().code, Errc::invalid) << issuer << account;
    }
    KeyUri key = key_of("Example", "ada");
    key.format.digits = 9;
    EXPECT_EQ(make_key_uri(key).error().code, Errc::unsupported);
}

TEST(KeyUri, is_read_back) {
    for (const auto& [issuer, account] : std::to_array<std::pair<std::string, std::string>>(
             {{"Secure App", "alice@google.com"},
              {"Ex:ample", "a/b c+d&e"},
              {"", "ada"},
              {"Example", "a:b:c"},
              {"\u30ab\u30eb\u30c7\u30a2", "\u00e9t\u00e9"},
              {std::string(128, '%'), std::string(128, '?')}}
         )) {
        const Result<KeyUri> key = parse_key_uri(written(key_of(issuer, account)));
        ASSERT_TRUE(key) << issuer << ' ' << account;
        EXPECT_EQ(key->issuer, issuer);
        EXPECT_EQ(key->account, account);
        EXPECT_EQ(key->secret.text().expose(), "JBSWY3DPEHPK3PXP");
    }
}

TEST(KeyUri, is_read_with_all_its_parameters) {
    const Result<KeyUri> totp =
        parse_key_uri(uri_with("&algorithm=sha512&digits=7&period=45&image=https://x/y"));
    ASSERT_TRUE(totp);
    EXPECT_EQ(totp->kind, KeyUri::Kind::totp);
    EXPECT_EQ(totp->format, (CodeFormat{HashAlgorithm::sha512, 7}));
    EXPECT_EQ(totp->period, seconds(45));

    const Result<KeyUri> hotp =
        parse_key_uri("otpauth://hotp/ada?counter=42&secret=jbsw%20y3dp%20ehpk%203pxp");
    ASSERT_TRUE(hotp);
    EXPECT_EQ(hotp->kind, KeyUri::Kind::hotp);
    EXPECT_EQ(hotp->counter, 42U);
    EXPECT_EQ(hotp->issuer, "");
}

TEST(KeyUri, finds_the_issuer_where_others_put_it) {
    const auto issuer_of = [](std::string_view label, std::string_view more) {
        const auto key = parse_key_uri(
            "OTPAUTH://TOTP/" + std::string(label) + "?secret=JBSWY3DPEHPK3PXP" + std::string(more)
        );
        return key ? key->issuer + "|" + key->account : "refused";
    };

    EXPECT_EQ(issuer_of("Example:ada", ""), "Example|ada");
    EXPECT_EQ(issuer_of("Example%3Aada", ""), "Example|ada");
    EXPECT_EQ(issuer_of("Example%3aada", ""), "Example|ada");
    EXPECT_EQ(issuer_of("Example:%20ada", "&issuer=Example"), "Example|ada");
    EXPECT_EQ(issuer_of("ada", "&issuer=Big+Corp"), "Big Corp|ada");
    EXPECT_EQ(issuer_of("ada", "&issuer="), "|ada");
    EXPECT_EQ(issuer_of("Example:ada", "&issuer=Other"), "refused");
}

TEST(KeyUri, is_refused_when_it_is_not_one) {
    for (const std::string_view wrong :
         {"",
          "otpauth:",
          "http://totp/ada?secret=JBSWY3DPEHPK3PXP",
          "otpauth://totp/a%?secret=JBSWY3DPEHPK3PXP",
          "otpauth://totp/ada?secret=JBSWY3DPEHPK3PXP#x",
          "otpauth://totp/ada?secret=%zz",
          "otpauth://hotp/ada?secret=JBSWY3DPEHPK3PXP",
          "otpauth://hotp/ada?secret=JBSWY3DPEHPK3PXP&counter=-1",
          "otpauth://hotp/ada?secret=JBSWY3DPEHPK3PXP&counter=18446744073709551616"}) {
        EXPECT_EQ(parse_key_uri(wrong).error().code, Errc::malformed) << wrong;
    }
    for (const std::string_view more :
         {"&digits=six", "&digits=", "&digits=6.0", "&period=1e3", "&period=-30", "&period=99999999999"}) {
        EXPECT_EQ(parse_key_uri(uri_with(more)).error().code, Errc::malformed) << more;
    }
}

TEST(KeyUri, is_refused_when_a_part_cannot_be) {
    for (const std::string_view wrong :
         {"otpauth://totp/ada",
          "otpauth://totp/ada?secret=",
          "otpauth://totp/ada?secret=1189",
          "otpauth://totp/?secret=JBSWY3DPEHPK3PXP",
          "otpauth://totp/Example:?secret=JBSWY3DPEHPK3PXP",
          "otpauth://totp/a%0ab?secret=JBSWY3DPEHPK3PXP",
          "otpauth://totp/a%ffb?secret=JBSWY3DPEHPK3PXP",
          "otpauth://totp/ada?secret=JBSWY3DPEHPK3PXP&secret=JBSWY3DPEHPK3PXP"}) {
        EXPECT_EQ(parse_key_uri(wrong).error().code, Errc::invalid) << wrong;
    }
    EXPECT_EQ(parse_key_uri(uri_with(std::string(3000, '&'))).error().code, Errc::too_large);
}

TEST(KeyUri, is_refused_when_we_could_not_make_its_codes) {
    for (const std::string_view more :
         {"&digits=5",
          "&digits=9",
          "&algorithm=MD5",
          "&algorithm=SHA384",
          "&period=0",
          "&period=86401",
          "&encoder=steam"}) {
        EXPECT_EQ(parse_key_uri(uri_with(more)).error().code, Errc::unsupported) << more;
    }
    EXPECT_EQ(parse_key_uri("otpauth://yaotp/ada?secret=JBSWY3DPEHPK3PXP").error().code, Errc::unsupported);
}

TEST(KeyUri, agrees_with_the_vectors_of_pyotp) {
    CARDEA_VECTORS_OR_SKIP(text, "otp/passlib_pyotp_totp.json");
    const Json vectors = parse_json(text).value();
    std::size_t right = 0;
    for (const Json& row : vectors.find("provisioning_uris")->items()) {
        const Json& query = *row.find("query");
        KeyUri key = key_of(row.find_text("issuer").value(), row.find_text("name").value());
        key.secret = SharedSecret::parse(row.find_text("secret").value(), Base32Reading::lenient).value();
        if (row.find("digits") != nullptr) {
            key.format = {
                HashAlgorithm::sha256, static_cast<unsigned>(row.find("digits")->as_integer().value())
            };
            key.period = seconds(row.find("period")->as_integer().value());
        }
        const std::string uri = written(key);

        EXPECT_TRUE(uri.starts_with("otpauth://totp" + std::string(row.find_text("path").value()) + "?"))
            << uri;
        for (const Json::Member& parameter : query.members()) {
            std::string value(parameter.value.as_text().value());
            if (parameter.name == "secret") {  // ours are in capitals
                std::ranges::transform(value, value.begin(), [](unsigned char c) { return std::toupper(c); });
            }
            std::string expected = parameter.name + "=";
            http::append_percent_encoded(expected, value);
            EXPECT_THAT(uri, HasSubstr(expected));
        }
        ++right;
    }
    std::cout << "Key URIs of pyotp: " << right << " of 2\n";
    EXPECT_EQ(right, 2U);
}

}  // namespace
}  // namespace cardea::otp
