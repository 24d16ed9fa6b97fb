// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/email.h"

#include "cardea/base/json.h"
#include "tests/support/vectors.h"

#include <gtest/gtest.h>

namespace cardea::account {
namespace {

TEST(EmailAddress, keeps_what_was_written_and_folds_the_key) {
    const Result<EmailAddress> address = EmailAddress::parse("Anna.B+shop@M\u00fcnchen.Example");

    ASSERT_TRUE(address);
    EXPECT_EQ(address->text(), "Anna.B+shop@M\u00fcnchen.Example");
    EXPECT_EQ(address->key(), "anna.b+shop@xn--mnchen-3ya.example");
    EXPECT_EQ(address->domain(), "xn--mnchen-3ya.example");
}

TEST(EmailAddress, has_one_key_for_every_spelling) {
    const char* spellings[] = {
        "\u00e9va@b\u00fccher.example",
        "e\u0301VA@B\u00dcCHER.example",
        "\u00c9va@xn--bcher-kva.EXAMPLE",
        "\u00c9va@b\u00fccher\u3002example",
    };
    for (const char* spelling : spellings) {
        const Result<EmailAddress> address = EmailAddress::parse(spelling);
        ASSERT_TRUE(address) << spelling;
        EXPECT_EQ(address->key(), "\u00e9va@xn--bcher-kva.example");
    }
}

TEST(EmailAddress, is_no_proof_of_one_that_only_has_the_same_key) {
    const auto address = [](std::string_view text) { return EmailAddress::parse(text).value(); };

    EXPECT_TRUE(address("Kim@Example.com").is_proof_of(address("kIM@example.COM")));
    EXPECT_TRUE(address("\u00e9va@b\u00fccher.example").is_proof_of(address("\u00e9VA@xn--bcher-kva.example"))
    );
    EXPECT_FALSE(address("kim@example.com").is_proof_of(address("kim@example.net")));
    EXPECT_FALSE(address("kim@example.com").is_proof_of(address("tim@example.com")));
    const std::pair<const char*, const char*> alike[] = {
        {"\u212aim@example.com", "kim@example.com"},
        {"bo\u017f\u017f@example.com", "boss@example.com"},
        {"\ufb01ona@example.com", "fiona@example.com"},
        {"wei\u00df@example.com", "weiss@example.com"},
    };
    for (const auto& [one, other] : alike) {
        EXPECT_EQ(address(one).key(), address(other).key());
        EXPECT_FALSE(address(one).is_proof_of(address(other))) << one;
        EXPECT_FALSE(address(other).is_proof_of(address(one))) << one;
    }
}

TEST(EmailAddress, has_the_same_key_for_ascii_with_and_without_the_tables_of_unicode) {
    for (const char* address : {"Ada@Example.COM", "a.b+c@x-y.example", "A@LOCALHOST", "a@1and1.example"}) {
        const Result<EmailAddress> plain = EmailAddress::parse(address);
        const Result<EmailAddress> mapped = EmailAddress::parse(std::string(address) + ".\u00e9x");
        ASSERT_TRUE(plain) << address;
        ASSERT_TRUE(mapped) << address;
        EXPECT_EQ(mapped->key(), plain->key() + ".xn--x-9fa");
    }
    for (const char* refused : {"a@ab--cd.example", "a@-a.example", "a@a..example", "a@example.", "a@1.2"}) {
        EXPECT_FALSE(EmailAddress::parse(refused)) << refused;
    }
}

TEST(EmailAddress, does_not_fold_sharp_s_in_domains) {
    EXPECT_EQ(EmailAddress::parse("a@fa\u00df.example")->key(), "a@xn--fa-hia.example");
}

TEST(EmailAddress, refuses_what_is_not_one_plain_mailbox) {
    for (const char* text :
         {"a@evil@corp.example",
          "\"a\"@corp.example",
          "a@[127.0.0.1]",
          "a@127.0.0.1",
          "a b@corp.example",
          "Anna <a@corp.example>",
          "a@corp.example,b@corp.example",
          "a@corp.example\r\nBcc: b@corp.example",
          "a.@corp.example",
          ".a@corp.example",
          "a..b@corp.example",
          "a@corp",
          "a@corp_x.example",
          "a@-corp.example",
          "a@corp.example.",
          "a@xn--.example",
          "a@xn--0.example",
          "a(c)@corp.example",
          "a\u200bb@corp.example",
          "a\u00a0b@corp.example",
          "a\xff@corp.example",
          "a@\xff.example",
          "@corp.example",
          "a@"}) {
        EXPECT_FALSE(EmailAddress::parse(text)) << text;
    }
    EXPECT_FALSE(EmailAddress::parse(std::string_view("a@b\0.com", 8)));
    EXPECT_FALSE(EmailAddress::parse(std::string_view("a\0@b.com", 8)));
}

/// Django takes these two forms, which nobody signs up with and which have tripped others; we do not.
bool is_refused_on_purpose(std::string_view text) {
    return text.starts_with('"') || text.contains("@[");
}

TEST(EmailAddress, decides_djangos_cases_as_django_does_but_for_two_forms) {
    CARDEA_VECTORS_OR_SKIP(text, "strings/email-validation-cases.json");
    const Result<Json> document = parse_json(text);
    ASSERT_TRUE(document);
    int accepted = 0;
    int refused = 0;
    int refused_on_purpose = 0;

    for (const Json& test : document->find("cases")->items()) {
        const std::string_view value = test.find_text("value").value_or("");
        const bool is_valid = test.find("valid")->as_bool().value();
        const bool expected = is_valid && !is_refused_on_purpose(value);
        EXPECT_EQ(EmailAddress::parse(value).has_value(), expected) << value;
        accepted += expected ? 1 : 0;
        refused += is_valid ? 0 : 1;
        refused_on_purpose += is_valid && !expected ? 1 : 0;
    }

    EXPECT_EQ(accepted, 10);
    EXPECT_EQ(refused, 29);
    EXPECT_EQ(refused_on_purpose, 6);
}

TEST(EmailAddress, has_the_lengths_of_rfc_5321) {
    EXPECT_TRUE(EmailAddress::parse(std::string(64, 'a') + "@corp.example"));
    EXPECT_EQ(EmailAddress::parse(std::string(65, 'a') + "@corp.example").error().code, Errc::too_large);
    EXPECT_EQ(EmailAddress::parse(std::string(1'000'000, 'a')).error().code, Errc::too_large);
}

}  // namespace
}  // namespace cardea::account
