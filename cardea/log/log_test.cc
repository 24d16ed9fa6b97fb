// SPDX-License-Identifier: Apache-2.0
#include "cardea/log/log.h"

#include "cardea/base/json.h"
#include "cardea/base/secret.h"
#include "cardea/log/line.h"

#include <gtest/gtest.h>

#include <type_traits>

namespace cardea::log {
namespace {

static_assert(std::is_constructible_v<Value, std::string> && std::is_constructible_v<Value, AccountId>);
static_assert(!std::is_constructible_v<Value, SecretText> && !std::is_constructible_v<Value, SecretBytes<32>>);
static_assert(!std::is_constructible_v<Value, void*> && !std::is_constructible_v<Value, char>);

constexpr Time at(std::chrono::milliseconds(1'700'000'000'123));

std::string logfmt(Fields fields) {
    return format_line(Format::logfmt, at, Level::info, "a.b", fields);
}

TEST(Log, writes_logfmt) {
    EXPECT_EQ(
        logfmt(
            {{"account", AccountId()}, {"count", 3U}, {"ok", true}, {"why", "two words"}, {"code", Errc::busy}
            }
        ),
        "time=2023-11-14T22:13:20.123Z level=info event=a.b account=00000000000000000000000000 count=3 "
        "ok=true "
        "why=\"two words\" code=busy"
    );
}

TEST(Log, writes_json) {
    EXPECT_EQ(
        format_line(
            Format::json,
            at,
            Level::error,
            "store.failed",
            {{"error", Error{Errc::io, "disk \"full\""}}, {"after", Duration(12)}, {"at", at}}
        ),
        R"({"time":"2023-11-14T22:13:20.123Z","level":"error","event":"store.failed",)"
        R"("error":"io: disk \"full\"","after":12,"at":"2023-11-14T22:13:20.123Z"})"
    );
}

TEST(Log, lets_no_value_forge_a_field_or_a_line) {
    EXPECT_TRUE(logfmt({{"ua", "x\nlevel=error"}}).ends_with(R"(ua="x\u000alevel=error")"));
    EXPECT_TRUE(logfmt({{"ua", "x level=error"}}).ends_with(R"(ua="x level=error")"));
    EXPECT_TRUE(logfmt({{"ua", "a\"b\\"}}).ends_with(R"(ua="a\"b\\")"));
    EXPECT_TRUE(logfmt({{"ua", ""}}).ends_with(R"(ua="")"));
}

TEST(Log, escapes_what_moves_a_terminal) {
    EXPECT_TRUE(logfmt({{"ua", "\x1b[2J\x7f"}}).ends_with(R"(ua="\u001b[2J\u007f")"));
    EXPECT_TRUE(logfmt({{"ua", "\u009b2J\u202e\u2028"}}).ends_with(R"(ua="\u009b2J\u202e\u2028")"));
    EXPECT_TRUE(logfmt({{"ua", "caf\u00e9\xff"}}).ends_with("ua=\"caf\u00e9\ufffd\""));
}

TEST(Log, cuts_long_values) {
    const std::string line = logfmt({{"ua", std::string(5000, 'x')}});

    EXPECT_TRUE(line.ends_with("x...\""));
    EXPECT_LT(line.size(), max_value_size + 100);
}

TEST(Log, writes_one_line_per_event_from_its_level_on) {
    ::testing::internal::CaptureStderr();

    start({.level = Level::warning, .format = Format::json});
    info("not.written");
    warning("written", {{"n", 1}});
    start({});
    debug("not.written");
    info("written.too");
    const std::string text = ::testing::internal::GetCapturedStderr();

    const std::size_t end = text.find('\n');
    ASSERT_NE(end, std::string::npos);
    EXPECT_EQ(parse_json(text.substr(0, end)).value().find("n")->as_integer(), 1);
    EXPECT_TRUE(text.substr(end).ends_with("level=info event=written.too\n"));
    EXPECT_EQ(text.find("not.written"), std::string::npos);
}

}  // namespace
}  // namespace cardea::log
