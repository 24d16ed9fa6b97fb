// SPDX-License-Identifier: Apache-2.0
#include "cardea/html/escape.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

namespace cardea::html {
namespace {

/// What a character is written as; the first stands for those that HTML cannot hold.
constexpr std::array<std::string_view, 6> escapes = {
    "\xef\xbf\xbd", "&amp;", "&lt;", "&gt;", "&quot;", "&#39;"
};

constexpr std::uint8_t plain = escapes.size();

/// For each byte its place among the escapes, or `plain`.
constexpr std::array<std::uint8_t, 256> make_escape_of() {
    std::array<std::uint8_t, 256> escape_of{};
    escape_of.fill(plain);
    for (std::size_t i = 0; i < 0x20; ++i) {
        escape_of[i] = 0;
    }
    escape_of[0x7f] = 0;
    for (const char c : {'\t', '\n', '\r'}) {
        escape_of[static_cast<std::uint8_t>(c)] = plain;
    }
    escape_of['&'] = 1;
    escape_of['<'] = 2;
    escape_of['>'] = 3;
    escape_of['"'] = 4;
    escape_of['\''] = 5;
    return escape_of;
}

constexpr std::array<std::uint8_t, 256> escape_of = make_escape_of();

constexpr std::array<std::string_view, 4> link_schemes = {"http", "https", "mailto", "otpauth"};
constexpr std::array<std::string_view, 2> web_schemes = {"http", "https"};

bool is_safe(std::string_view url, std::span<const std::string_view> schemes) noexcept {
    // Browsers drop tabs and line ends before they look for a scheme, and read '\' as '/'.
    const bool has_tricks =
        std::ranges::any_of(url, [](unsigned char c) { return c <= 0x20 || c == 0x7f || c == '\\'; });
    if (has_tricks || url.starts_with("//")) {
        return false;
    }
    const std::string_view before_path = url.substr(0, url.find_first_of("/?#"));
    const std::size_t colon = before_path.find(':');
    if (colon == std::string_view::npos) {
        return true;
    }
    return std::ranges::find(schemes, before_path.substr(0, colon)) != schemes.end();
}

}  // namespace

void append_escaped(std::string& out, std::string_view text) {
    std::size_t begin = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::uint8_t escape = escape_of[static_cast<std::uint8_t>(text[i])];
        if (escape != plain) {
            out.append(text.substr(begin, i - begin)).append(escapes[escape]);
            begin = i + 1;
        }
    }
    out.append(text.substr(begin));
}

bool is_safe_link(std::string_view url) noexcept {
    return is_safe(url, link_schemes);
}

bool is_safe_source(std::string_view url) noexcept {
    return is_safe(url, web_schemes) || (url.starts_with("data:image/") && !url.contains('\\'));
}

}  // namespace cardea::html
