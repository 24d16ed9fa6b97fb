// SPDX-License-Identifier: Apache-2.0
#include "server/commands/print.h"

#include <gtest/gtest.h>

#include <sstream>

namespace cardea::server {
namespace {

TEST(MakePrintable, replaces_what_could_steer_a_terminal) {
    EXPECT_EQ(make_printable("plain Ünïcode 名"), "plain Ünïcode 名");
    EXPECT_EQ(make_printable("a\x1b[31mred\r\n"), "a?[31mred??");
    EXPECT_EQ(
        make_printable("\xc2\x9b"
                       "31m"),
        "?31m"
    );  // C1 control sequence introducer
    EXPECT_EQ(
        make_printable("abc\xe2\x80\xae"
                       "fdp"),
        "abc?fdp"
    );  // right-to-left override
    EXPECT_EQ(make_printable("bad \xff"), "bad \xef\xbf\xbd");
}

TEST(PrintTable, makes_columns_as_wide_as_they_need) {
    const Result<Json> objects =
        parse_json(R"([{"a":"x","b":1},{"a":"longer","b":null},{"a":"ünï","b":true}])");
    std::ostringstream out;

    print_table(out, objects->items(), {{"A", "a"}, {"B", "b"}});

    EXPECT_EQ(out.str(), "A       B\nx       1\nlonger  -\nünï     true\n");
}

}  // namespace
}  // namespace cardea::server
