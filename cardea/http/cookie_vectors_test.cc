// SPDX-License-Identifier: Apache-2.0
// The IETF's cookie tests say what a browser makes of Set-Cookie. They are used twice: the server's reader
// must see what browsers send, and a small browser that passes them tells what our own lines mean.
#include "cardea/base/json.h"
#include "cardea/http/cookie.h"
#include "cardea/http/headers.h"
#include "tests/support/vectors.h"

#include <gtest/gtest.h>

#include <iostream>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace cardea::http {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

struct Stored {
    std::string name;
    std::string value;
    std::map<std::string, std::string> attributes;  // lower-case names; the last one of a name counts
};

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    }
    return result;
}

/// RFC 6265 5.2, as a browser reads one Set-Cookie value.
std::optional<Stored> parse_set_cookie(std::string_view line) {
    std::string_view pair = line.substr(0, line.find(';'));
    line.remove_prefix(std::min(line.size(), pair.size() + 1));
    const std::size_t equals = pair.find('=');
    if (equals == std::string_view::npos || trim(pair.substr(0, equals)).empty()) {
        return std::nullopt;
    }
    Stored cookie{std::string(trim(pair.substr(0, equals))), std::string(trim(pair.substr(equals + 1))), {}};
    while (!line.empty()) {
        const std::string_view attribute = take_list_member(line, ';');
        const std::size_t at = attribute.find('=');
        cookie.attributes[lower(trim(attribute.substr(0, at)))] =
            at == std::string_view::npos ? "" : trim(attribute.substr(at + 1));
    }
    return cookie;
}

/// A browser at http://home.example.org/cookie-parser-result: no Secure, one path, no clock.
class Browser {
 public:
    void receive(std::string_view line) {
        const std::optional<Stored> cookie = parse_set_cookie(line);
        if (!cookie) {
            return;
        }
        std::erase_if(jar_, [&](const Stored& old) { return old.name == cookie->name; });
        const auto age = cookie->attributes.find("max-age");
        const bool is_gone = age != cookie->attributes.end() && std::atoi(age->second.c_str()) <= 0;
        if (!is_gone && !cookie->attributes.contains("secure") && covers_page(*cookie)) {
            jar_.push_back(*cookie);
        }
    }

    [[nodiscard]] Pairs sent() const {
        Pairs pairs;
        for (const Stored& cookie : jar_) {
            pairs.emplace_back(cookie.name, cookie.value);
        }
        return pairs;
    }

 private:
    static bool covers_page(const Stored& cookie) {
        const auto path = cookie.attributes.find("path");
        return path == cookie.attributes.end() || !path->second.starts_with('/') || path->second == "/" ||
               path->second == "/cookie-parser-result";
    }

    std::vector<Stored> jar_;
};

Pairs pairs_of(const Json& sent) {
    Pairs pairs;
    for (const Json& cookie : sent.items()) {
        pairs.emplace_back(*cookie.find_text("name"), *cookie.find_text("value"));
    }
    return pairs;
}

Pairs read_back(const Pairs& pairs) {
    std::string header;
    for (const auto& [name, value] : pairs) {
        header.append(header.empty() ? "" : "; ").append(name).append("=").append(value);
    }
    Pairs read;
    CookieReader reader(header);
    while (const std::optional<Cookie> cookie = reader.next()) {
        read.emplace_back(cookie->name, cookie->value);
    }
    return read;
}

/// Cases about domains, dates, other paths and several cookies of one name need more of a browser than our
/// own lines do.
bool applies_to_our_lines(const Json& row) {
    std::string lines;
    for (const Json& line : row.find("received")->items()) {
        lines += lower(*line.as_text());
    }
    const std::string_view test = *row.find_text("test");
    return row.find("sent-to") == nullptr && !test.starts_with("DISABLED") && !test.starts_with("PATH") &&
           !lines.contains("domain") && !lines.contains("expires");
}

TEST(CookieVectors, the_server_reads_what_browsers_send) {
    CARDEA_VECTORS_OR_SKIP(text, "cookies/http-state-parser.json");
    const Result<Json> cases = parse_json(text);
    ASSERT_TRUE(cases);

    int cookies = 0;
    for (const Json& row : cases->items()) {
        const Pairs sent = pairs_of(*row.find("sent"));
        cookies += static_cast<int>(sent.size());
        EXPECT_EQ(read_back(sent), sent) << *row.find_text("test");
    }
    std::cout << "Cookies read as browsers sent them: " << cookies << " in " << cases->items().size()
              << " cases\n";
    EXPECT_GT(cookies, 100);
}

TEST(CookieVectors, the_browser_of_these_tests_is_one) {
    CARDEA_VECTORS_OR_SKIP(text, "cookies/http-state-parser.json");
    const Result<Json> cases = parse_json(text);
    ASSERT_TRUE(cases);

    int applied = 0;
    for (const Json& row : cases->items()) {
        if (!applies_to_our_lines(row)) {
            continue;
        }
        ++applied;
        Browser browser;
        for (const Json& line : row.find("received")->items()) {
            browser.receive(*line.as_text());
        }
        EXPECT_EQ(browser.sent(), pairs_of(*row.find("sent"))) << *row.find_text("test");
    }
    std::cout << "Set-Cookie cases: " << applied << " apply, "
              << cases->items().size() - static_cast<std::size_t>(applied)
              << " are about domains, dates and paths that our lines do not use\n";
    EXPECT_GT(applied, 100);
}

TEST(CookieVectors, our_lines_mean_to_a_browser_what_we_mean) {
    using namespace std::chrono_literals;
    const Result<CookieWriter> host = CookieWriter::for_host("cardea-session", SameSite::lax);
    const Result<CookieWriter> local = CookieWriter::for_localhost("cardea-session", SameSite::lax);
    ASSERT_TRUE(host && local);

    const std::optional<Stored> cookie = parse_set_cookie(*host->set("abc-_", 60s));
    ASSERT_TRUE(cookie);
    EXPECT_EQ(cookie->name, "__Host-cardea-session");
    EXPECT_EQ(cookie->value, "abc-_");
    const std::map<std::string, std::string> attributes = {
        {"path", "/"}, {"secure", ""}, {"httponly", ""}, {"samesite", "Lax"}, {"max-age", "60"}
    };
    EXPECT_EQ(cookie->attributes, attributes);

    Browser browser;
    browser.receive(*host->set("abc"));
    EXPECT_EQ(browser.sent(), Pairs()) << "a Secure cookie does not travel over plain http";
    browser.receive(*local->set("abc"));
    EXPECT_EQ(browser.sent(), (Pairs{{"cardea-session", "abc"}}));
    browser.receive(local->clear());
    EXPECT_EQ(browser.sent(), Pairs());
}

}  // namespace
}  // namespace cardea::http
