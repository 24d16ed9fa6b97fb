// SPDX-License-Identifier: Apache-2.0
#include "cardea/http/media_type.h"

#include <gtest/gtest.h>

namespace cardea::http {
namespace {

TEST(MediaType, is_read_with_its_charset) {
    const Result<MediaType> type = parse_media_type(" Application/JSON ; Charset=\"UTF-8\"; a=b ;");

    ASSERT_TRUE(type);
    EXPECT_EQ(type->essence, "application/json");
    EXPECT_EQ(type->charset, "utf-8");
}

TEST(MediaType, refuses_what_is_none) {
    for (const std::string_view wrong :
         {"",
          "text",
          "text/",
          "/plain",
          "text/plain,text/html",
          "text/plain; charset",
          "text/plain; charset=",
          "text/plain; charset=\"utf-8",
          "text/plain; charset=\"\"",
          "text/plain; charset=\"a\\\"b\"",
          "text/plain; charset=utf-8; charset=utf-7",
          "text/plain; a=b c",
          "te xt/plain",
          "text/plain; =b"}) {
        const Result<MediaType> type = parse_media_type(wrong);
        ASSERT_FALSE(type) << wrong;
        EXPECT_EQ(type.error().code, Errc::malformed) << wrong;
    }
}

TEST(MediaType, json_is_utf8_json_only) {
    EXPECT_TRUE(is_json_type("application/json"));
    EXPECT_TRUE(is_json_type("application/json;charset=utf-8"));
    EXPECT_TRUE(is_json_type("application/problem+json"));
    for (const std::string_view wrong :
         {"",
          "text/plain",
          "text/json",
          "application/json; charset=utf-16",
          "application/jsonx",
          "text/plain; application/json",
          "json"}) {
        EXPECT_FALSE(is_json_type(wrong)) << wrong;
    }
}

TEST(Accept, a_browser_wants_html_and_a_program_does_not) {
    EXPECT_TRUE(wants_html("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"));
    EXPECT_TRUE(wants_html("TEXT/HTML"));
    EXPECT_TRUE(wants_html("application/json;q=0.5, text/html"));
    for (const std::string_view program :
         {"", "*/*", "application/json", "application/json, text/html;q=0.9", "text/html;q=0", "text/html;q=x"
         }) {
        EXPECT_FALSE(wants_html(program)) << program;
    }
}

TEST(AcceptEncoding, chooses_what_is_taken_and_never_what_is_refused) {
    struct Case {
        std::string_view header;
        ContentCoding coding;
    };
    for (const auto& [header, coding] :
         {Case{"", ContentCoding::identity},
          Case{"gzip, deflate, br", ContentCoding::br},
          Case{"gzip", ContentCoding::gzip},
          Case{"GZIP;q=0.5", ContentCoding::gzip},
          Case{"br;q=0, gzip", ContentCoding::gzip},
          Case{"br;q=0.2, gzip;q=0.3", ContentCoding::gzip},
          Case{"*", ContentCoding::br},
          Case{"*;q=0", ContentCoding::identity},
          Case{"br;q=0, *", ContentCoding::gzip},
          Case{"gzip;q=0.000, identity", ContentCoding::identity},
          Case{"gzip;q=1.0", ContentCoding::gzip},
          Case{"gzip;q=2", ContentCoding::identity},
          Case{"gzip;q=0.0001", ContentCoding::identity},
          Case{"gzip;q=", ContentCoding::identity},
          Case{"deflate, zstd", ContentCoding::identity}}) {
        EXPECT_EQ(choose_coding(header), coding) << header;
    }
}

TEST(Accept, wants_json_only_where_it_is_named_and_liked_better) {
    EXPECT_TRUE(wants_json("application/json"));
    EXPECT_TRUE(wants_json("application/problem+json, text/html;q=0.5"));
    EXPECT_FALSE(wants_json("*/*"));
    EXPECT_FALSE(wants_json(""));
    EXPECT_FALSE(wants_json("text/html, application/json"));
}

}  // namespace
}  // namespace cardea::http
