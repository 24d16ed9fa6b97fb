// SPDX-License-Identifier: Apache-2.0
#include "cardea/http/url.h"

#include <gtest/gtest.h>

namespace cardea::http {
namespace {

using namespace std::string_view_literals;

TEST(Url, is_taken_apart) {
    const Result<Url> url = parse_url("HTTPS://Example.COM:8443/a/b%20c?d=e#f");

    ASSERT_TRUE(url);
    EXPECT_EQ(url->scheme(), "https");
    EXPECT_EQ(url->host(), "example.com");
    EXPECT_EQ(url->port(), 8443);
    EXPECT_EQ(url->path(), "/a/b%20c");
    EXPECT_EQ(url->query(), "d=e");
    EXPECT_EQ(url->fragment(), "f");
    EXPECT_EQ(url->authority(), "example.com:8443");
    EXPECT_EQ(url->origin().text(), "https://example.com:8443");
    EXPECT_EQ(url->to_string(), "https://example.com:8443/a/b%20c?d=e#f");
}

TEST(Url, has_one_text) {
    struct Case {
        std::string_view text;
        std::string_view canonical;
    };
    for (const auto& [text, canonical] :
         {Case{"http://a.test", "http://a.test/"},
          Case{"http://a.test:80/", "http://a.test/"},
          Case{"https://a.test:443?x", "https://a.test/?x"},
          Case{"http://a.test/#", "http://a.test/#"},
          Case{"http://a.test/?", "http://a.test/?"},
          Case{"http://[2001:DB8:0::1]:80/", "http://[2001:db8::1]/"},
          Case{"http://127.0.0.1:8080", "http://127.0.0.1:8080/"},
          Case{"http://my_app/", "http://my_app/"}}) {
        const Result<Url> url = parse_url(text);
        ASSERT_TRUE(url) << text << ": " << url.error().context;
        EXPECT_EQ(url->to_string(), canonical);
        EXPECT_EQ(*parse_url(canonical), *url);
    }
}

TEST(Url, refuses_what_browsers_would_have_to_repair) {
    struct Case {
        std::string_view text;
        Errc code;
    };
    for (const auto& [text, code] :
         {Case{"", Errc::unsupported},
          Case{"http", Errc::unsupported},
          Case{"https", Errc::unsupported},
          Case{"/a", Errc::unsupported},
          Case{"//a.test/", Errc::unsupported},
          Case{"http:/a.test", Errc::unsupported},
          Case{"http:a.test", Errc::unsupported},
          Case{"javascript://a.test/%0aalert(1)", Errc::unsupported},
          Case{"ftp://a.test", Errc::unsupported},
          Case{" http://a.test", Errc::unsupported},
          Case{"http:\\\\a.test", Errc::unsupported},
          Case{"http://", Errc::malformed},
          Case{"http:///a", Errc::malformed},
          Case{"http://a.test/ ", Errc::malformed},
          Case{"http://u@a.test/", Errc::invalid},
          Case{"http://u:p@a.test/", Errc::invalid},
          Case{"http://@a.test/", Errc::invalid},
          Case{"http://a.test:/", Errc::malformed},
          Case{"http://a.test:0/", Errc::malformed},
          Case{"http://a.test:080/", Errc::malformed},
          Case{"http://a.test:65536/", Errc::malformed},
          Case{"http://a.test:+80/", Errc::malformed},
          Case{"http://a.test:80:80/", Errc::malformed},
          Case{"http://a.test\\b/", Errc::malformed},
          Case{"http://a..test/", Errc::malformed},
          Case{"http://a.test./", Errc::malformed},
          Case{"http://-a.test/", Errc::malformed},
          Case{"http://a b/", Errc::malformed},
          Case{"http://%61.test/", Errc::malformed},
          Case{"http://\xc3\xa9.test/", Errc::malformed},
          Case{"http://1/", Errc::invalid},
          Case{"http://1.2.3/", Errc::invalid},
          Case{"http://0x7f.1/", Errc::invalid},
          Case{"http://127.0.0.01/", Errc::invalid},
          Case{"http://1.2.3.4.5/", Errc::invalid},
          Case{"http://a.0x1/", Errc::invalid},
          Case{"http://[::1/", Errc::malformed},
          Case{"http://[::1]x/", Errc::malformed},
          Case{"http://[1.2.3.4]/", Errc::malformed},
          Case{"http://[::ffff:1.2.3.4]/", Errc::invalid},
          Case{"http://[::1%25eth0]/", Errc::malformed},
          Case{"http://a.test/../b", Errc::invalid},
          Case{"http://a.test/%2e%2E/b", Errc::invalid},
          Case{"http://a.test/.", Errc::invalid},
          Case{"http://a.test/a|b", Errc::malformed},
          Case{"http://a.test/%", Errc::malformed},
          Case{"http://a.test/?%zz", Errc::malformed},
          Case{"http://a.test/#%1", Errc::malformed},
          Case{"http://a.test/?a\nb", Errc::malformed},
          Case{"http://a.test/#a#b", Errc::malformed},
          Case{"http://a.test/?\xc3\xa9", Errc::malformed}}) {
        const Result<Url> url = parse_url(text);
        ASSERT_FALSE(url) << text;
        EXPECT_EQ(url.error().code, code) << text << ": " << url.error().context;
    }
    EXPECT_EQ(parse_url("http://a.test/" + std::string(max_url_bytes, 'a')).error().code, Errc::too_large);
}

TEST(Url, knows_this_machine) {
    for (const std::string_view text :
         {"http://localhost:8080", "http://app.localhost", "http://127.0.0.1", "http://[::1]:80"}) {
        EXPECT_TRUE(parse_url(text)->is_loopback()) << text;
    }
    for (const std::string_view text :
         {"http://localhost.test", "http://notlocalhost", "http://128.0.0.1", "http://[::2]"}) {
        EXPECT_FALSE(parse_url(text)->is_loopback()) << text;
    }
}

TEST(Origin, is_equal_only_to_itself) {
    const Origin ours = parse_url("https://example.com/a")->origin();

    EXPECT_TRUE(ours == "https://example.com");
    for (const std::string_view other :
         {"",
          "null",
          "http://example.com",
          "https://example.com:443",
          "https://example.com/",
          "https://EXAMPLE.com",
          "https://example.com.evil.test",
          "https://evil.test",
          "https://example.com https://evil.test",
          "example.com"}) {
        EXPECT_FALSE(ours == other) << other;
    }
}

TEST(Origin, is_read_as_browsers_write_it) {
    for (const std::string_view text :
         {"https://example.com", "http://localhost:8080", "http://[::1]:3000"}) {
        const Result<Origin> origin = parse_origin(text);
        ASSERT_TRUE(origin) << text;
        EXPECT_EQ(origin->text(), text);
    }
    for (const std::string_view text :
         {"",
          "null",
          "https://example.com/",
          "https://example.com:443",
          "HTTPS://example.com",
          "https://example.com?",
          "https://a@example.com"}) {
        EXPECT_FALSE(parse_origin(text)) << text;
    }
}

}  // namespace
}  // namespace cardea::http
