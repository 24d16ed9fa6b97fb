// SPDX-License-Identifier: Apache-2.0
#include "cardea/password/blocklist.h"

#include "tests/support/vectors.h"

#include <gtest/gtest.h>

#include <iostream>
#include <sstream>

namespace cardea::password {
namespace {

Password password(std::string_view text) {
    return Password::parse(text).value();
}

Bytes build(std::string_view list) {
    return build_blocklist(list).value().file;
}

Errc refusal(const Bytes& file) {
    const Result<Blocklist> list = Blocklist::parse(file);
    return list ? Errc::internal : list.error().code;
}

TEST(Blocklist, knows_what_was_put_in) {
    const BuiltBlocklist built =
        build_blocklist("tangerine parasol\n\ncaf\u0065\u0301 cr\u00e8me\r\nlast line").value();
    const Blocklist list = Blocklist::parse(built.file).value();

    EXPECT_EQ(built.entries, 3U);
    EXPECT_EQ(list.size(), 3U);
    for (const std::string_view in :
         {"tangerine parasol", "Tangerine PARASOL", "caf\u00e9 cr\u00e8me", "last line"}) {
        EXPECT_TRUE(list.contains(password(in))) << in;
    }
    for (const std::string_view out : {"tangerine parasols", "tangerine", "last line\r", "x"}) {
        EXPECT_FALSE(list.contains(password(out))) << out;
    }
}

TEST(Blocklist, passes_over_lines_that_are_no_passwords) {
    const BuiltBlocklist built =
        build_blocklist("good one\n\xff\xfe\n" + std::string(1025, 'x') + "\nanother").value();

    EXPECT_EQ(built.entries, 2U);
    EXPECT_EQ(built.skipped, 2U);
}

TEST(Blocklist, of_nothing_blocks_nothing) {
    const Bytes file = build("");

    EXPECT_FALSE(Blocklist::parse(file).value().contains(password("password")));
}

TEST(Blocklist, takes_fewer_than_one_in_ten_thousand_others_for_its_own) {
    std::string words;
    for (int i = 0; i < 20'000; ++i) {
        words += "member " + std::to_string(i) + "\n";
    }
    const Bytes file = build(words);
    const Blocklist list = Blocklist::parse(file).value();
    int taken = 0;

    for (int i = 0; i < 100'000; ++i) {
        taken += list.contains(password("stranger " + std::to_string(i))) ? 1 : 0;
    }

    std::cout << taken << " of 100,000 strangers are taken for members; " << file.size()
              << " bytes for 20,000\n";
    EXPECT_LT(taken, 20);
}

TEST(Blocklist, refuses_files_that_are_none) {
    const Bytes good = build("tangerine parasol\nzwiebelfisch\nondulation");
    const auto with = [&good](std::size_t at, std::uint8_t value) {
        Bytes file = good;
        file[at] = value;
        return file;
    };

    EXPECT_EQ(refusal({}), Errc::malformed);
    EXPECT_EQ(refusal(Bytes(64)), Errc::malformed);
    EXPECT_EQ(refusal(with(0, 'C')), Errc::malformed);
    EXPECT_EQ(refusal(with(8, 2)), Errc::unsupported);
    EXPECT_EQ(refusal(with(12, 0)), Errc::malformed);    // no hash function
    EXPECT_EQ(refusal(with(12, 33)), Errc::malformed);   // too many
    EXPECT_EQ(refusal(with(16, 1)), Errc::malformed);    // another number of bits
    EXPECT_EQ(refusal(with(23, 255)), Errc::malformed);  // far more of them than there are
    EXPECT_EQ(refusal(with(24, 9)), Errc::malformed);    // the checksum sees it
    EXPECT_EQ(refusal(with(40, 9)), Errc::malformed);
    EXPECT_EQ(refusal(with(64, 255)), Errc::malformed);
    for (std::size_t size = 0; size < good.size(); ++size) {
        EXPECT_EQ(
            refusal(Bytes(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size))), Errc::malformed
        );
    }
}

TEST(Blocklist, asvs5_6_2_4_lies_in_the_library) {
    const Blocklist& list = Blocklist::built_in();

    EXPECT_GT(list.size(), 49'000U);
    for (const std::string_view common : {"password", "123456", "QWERTY", "trustno1", "1qaz2wsx3edc"}) {
        EXPECT_TRUE(list.contains(password(common))) << common;
    }
    EXPECT_FALSE(list.contains(password("tangerine parasol 42")));
    EXPECT_FALSE(list.contains(password("correct horse battery staple")));
}

/// How many lines of a list are in the filter that lies in the library.
std::pair<int, int> count_listed(const std::string& file) {
    std::istringstream lines(file);
    std::pair<int, int> counts;
    for (std::string line; std::getline(lines, line);) {
        ++counts.second;
        counts.first += Blocklist::built_in().contains(password(line)) ? 1 : 0;
    }
    return counts;
}

TEST(Blocklist, has_most_of_what_other_lists_have) {
    CARDEA_VECTORS_OR_SKIP(rodauth, "passwords/top-10000-rodauth.txt");
    CARDEA_VECTORS_OR_SKIP(xato, "passwords/zxcvbn-xato-top20000.txt");

    const auto [in_rodauth, all_rodauth] = count_listed(rodauth);
    const auto [in_xato, all_xato] = count_listed(xato);

    std::cout << in_rodauth << " of the " << all_rodauth << " of rodauth, " << in_xato << " of the "
              << all_xato << " of zxcvbn\n";
    EXPECT_EQ(all_rodauth, 10'000);
    EXPECT_EQ(all_xato, 20'000);
    EXPECT_GT(in_rodauth, 9'000);
    EXPECT_GT(in_xato, 18'000);
}

TEST(Blocklist, is_as_complete_as_the_list_it_is_made_of) {
    CARDEA_VECTORS_OR_SKIP(xato, "passwords/zxcvbn-xato-top20000.txt");
    const BuiltBlocklist built = build_blocklist(xato).value();
    const Blocklist list = Blocklist::parse(built.file).value();
    std::istringstream lines(xato);
    int missing = 0;

    for (std::string line; std::getline(lines, line);) {
        missing += list.contains(password(line)) ? 0 : 1;
    }

    EXPECT_EQ(built.entries, 20'000U);
    EXPECT_EQ(missing, 0);
}

}  // namespace
}  // namespace cardea::password
