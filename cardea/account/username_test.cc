// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/username.h"

#include <gtest/gtest.h>

namespace cardea::account {
namespace {

struct Mapped {
    const char* text;
    const char* key;
};

TEST(Username, maps_the_examples_of_rfc_8265_section_3_5) {
    const Mapped examples[] = {
        {"fussball", "fussball"},
        {"fu\u00dfball", "fu\u00dfball"},
        {"\u03c0", "\u03c0"},
        {"\u03a3", "\u03c3"},
        {"\u03c3", "\u03c3"},
        {"\u03c2", "\u03c2"},
    };
    for (const Mapped& example : examples) {
        const Result<Username> name = Username::parse(example.text);
        ASSERT_TRUE(name) << example.text;
        EXPECT_EQ(name->key(), example.key);
        EXPECT_EQ(name->text(), example.text);
    }
}

TEST(Username, refuses_the_disallowed_examples_of_rfc_8265_section_3_5) {
    for (const char* text : {"foo bar", "", "henry\u2163", "\u265a"}) {
        const Result<Username> name = Username::parse(text);
        ASSERT_FALSE(name) << text;
        EXPECT_EQ(name.error().code, Errc::invalid);
    }
}

TEST(Username, is_the_same_in_either_case_width_and_composition) {
    const Mapped examples[] = {
        {"Max_M", "max_m"},
        {"\uff21\uff42\uff43", "abc"},           // fullwidth
        {"Ame\u0301lie", "am\u00e9lie"},         // combining acute
        {"\uff76\uff9e\uff72", "\u30ac\u30a4"},  // halfwidth katakana with its voice mark
        {"\u1100\u1161", "\uac00"},              // jamo that compose
        {"\u0410\u043d\u043d\u0430", "\u0430\u043d\u043d\u0430"}
    };  // Cyrillic
    for (const Mapped& example : examples) {
        const Result<Username> name = Username::parse(example.text);
        ASSERT_TRUE(name) << example.text;
        EXPECT_EQ(name->key(), example.key);
    }
}

TEST(Username, refuses_letters_of_two_scripts) {
    EXPECT_FALSE(Username::parse("p\u0430ypal"));              // Cyrillic a
    EXPECT_FALSE(Username::parse("\u0430dmin"));               //
    EXPECT_FALSE(Username::parse("\u03bfmega"));               // Greek omicron
    EXPECT_FALSE(Username::parse("\uac00\u3042"));             // Hangul and Hiragana
    EXPECT_TRUE(Username::parse("\u6771\u4eac\u3068\u30ab"));  // Japanese is written in three
    EXPECT_TRUE(Username::parse("\uc1a1\u6771"));              // Korean in two
    EXPECT_TRUE(Username::parse("user_42-x"));
}

TEST(Username, keeps_the_bidi_rule) {
    EXPECT_TRUE(Username::parse("\u05d0\u05d1\u05d2"));
    EXPECT_TRUE(
        Username::parse("\u05d0\u05d1"
                        "1")
    );
    EXPECT_TRUE(Username::parse("\u0645\u062d\u0645\u062f"));
    EXPECT_FALSE(Username::parse("1\u05d0"));
    EXPECT_FALSE(Username::parse("\u05d0-"));
    EXPECT_FALSE(
        Username::parse("\u0645\u0661"
                        "1")
    );                                                    // two kinds of digits
    EXPECT_FALSE(Username::parse("\u0645\u0661\u06f1"));  // two sets of Arabic digits
}

TEST(Username, refuses_what_hides_or_imitates) {
    for (const char* text :
         {"a\u200bb",
          "a\u200db",
          "a\u202eb",
          "a\u00adb",
          "\u0301a",
          "a\tb",
          "a\x7f",
          "x@y",
          "\ufb01sh",
          "\u2460",
          "\u0640\u0645",
          "\u115f",
          "\xff",
          "\xed\xa0\x80",
          "\u00a0"}) {
        EXPECT_FALSE(Username::parse(text)) << text;
    }
    EXPECT_FALSE(Username::parse(std::string_view("a\0b", 3)));
}

TEST(Username, has_at_most_64_code_points) {
    EXPECT_TRUE(Username::parse(std::string(64, 'a')));
    EXPECT_EQ(Username::parse(std::string(65, 'a')).error().code, Errc::too_large);
    EXPECT_EQ(Username::parse(std::string(100'000, 'a')).error().code, Errc::too_large);
}

TEST(DisplayName, is_trimmed_and_composed) {
    const Result<std::string> name = parse_display_name("  Ame\u0301lie O'Neil ");

    ASSERT_TRUE(name);
    EXPECT_EQ(*name, "Am\u00e9lie O'Neil");
    EXPECT_EQ(parse_display_name("   ").value(), "");
    EXPECT_TRUE(parse_display_name("\U0001F469\u200D\U0001F4BB"));  // an emoji with its joiner
}

TEST(DisplayName, refuses_control_and_format_characters) {
    for (const char* text : {"a\nb", "a\u202eb", "a\u2028b", "\u200b", "a\x1b[31m", "\xff", "\ufeff"}) {
        EXPECT_EQ(parse_display_name(text).error().code, Errc::invalid) << text;
    }
    EXPECT_EQ(parse_display_name(std::string(101, 'x')).error().code, Errc::too_large);
}

}  // namespace
}  // namespace cardea::account
