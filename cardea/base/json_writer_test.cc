// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/json_writer.h"

#include "cardea/base/secret.h"

#include <gtest/gtest.h>

#include <limits>

namespace cardea {
namespace {

template <class T>
concept Writable = requires(JsonWriter json, const T& value) { json.value(value); };

static_assert(Writable<std::string> && Writable<AccountId> && Writable<bool> && Writable<unsigned>);
static_assert(!Writable<SecretText> && !Writable<SecretBytes<32>> && !Writable<void*>);

template <class T>
std::string written(const T& value) {
    std::string out;
    JsonWriter(out).value(value);
    return out;
}

TEST(JsonWriter, writes_objects_and_arrays) {
    std::string out;

    JsonWriter json(out);
    json.begin_object().member("id", AccountId()).member("n", 1).key("list").begin_array();
    json.value("a").value(true).value(nullptr).begin_object().end_object();
    json.end_array().member("last", std::optional<int>()).key("data").raw("{\"x\":1}").end_object();

    EXPECT_EQ(
        out,
        R"({"id":"00000000000000000000000000","n":1,"list":["a",true,null,{}],"last":null,"data":{"x":1}})"
    );
}

TEST(JsonWriter, writes_numbers_and_times) {
    EXPECT_EQ(written(std::numeric_limits<std::int64_t>::min()), "-9223372036854775808");
    EXPECT_EQ(written(std::numeric_limits<std::uint64_t>::max()), "18446744073709551615");
    EXPECT_EQ(written(0.1), "0.1");
    EXPECT_EQ(written(1500.0), "1500.0");
    EXPECT_EQ(written(1e300), "1e+300");
    EXPECT_EQ(written(std::numeric_limits<double>::infinity()), "null");
    EXPECT_EQ(written(Time()), R"("1970-01-01T00:00:00.000Z")");
}

TEST(JsonWriter, escapes_text) {
    EXPECT_EQ(written("a\"\\\n\r\t\x01\x7f"), R"("a\"\\\n\r\t\u0001\u007f")");
    EXPECT_EQ(written("</script>"), R"("\u003c/script>")");
    EXPECT_EQ(written("caf\u00e9 \U0001f511"), "\"caf\u00e9 \U0001f511\"");
    EXPECT_EQ(written("\u0085\u009b31m \u202efdp\u2069"), R"("\u0085\u009b31m \u202efdp\u2069")");
    EXPECT_EQ(
        written("a\xff"
                "b\xe2\x82"),
        "\"a\ufffdb\ufffd\ufffd\""
    );
}

TEST(JsonWriter, writes_what_the_parser_reads) {
    constexpr std::string_view text = R"({"a":[1,2.5,"x\n",null,true,{}],"b":{"c":"\u003c"}})";

    EXPECT_EQ(to_string(parse_json(text).value()), text);
}

}  // namespace
}  // namespace cardea
