// SPDX-License-Identifier: Apache-2.0
#include "cardea/html/escape.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

namespace cardea::html {
namespace {

constexpr std::string_view replacement = "\xef\xbf\xbd";

/// What each byte is written as; empty for a byte that stands for itself.
constexpr std::array<std::string_view, 256> make_escapes() {
    std::array<std::string_view, 256> escapes{};
    for (std::size_t i = 0; i < 0x20; ++i) {
        escapes[i] = replacement;
    }
    escapes[0x7f] = replacement;
    for (const char c : {'\t', '\n', '\r'}) {
        escapes[static_cast<std::uint8_t>(c)] = {};
    }
    escapes['&'] = "&amp;";
    escapes['<'] = "&lt;";
    escapes['>'] = "&gt;";
    escapes['"'] = "&quot;";
    escapes['\''] = "&#39;";
    return escapes;
}

constexpr std::array<std::string_view, 256> escapes = make_escapes();

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
    std::size_t plain = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string_view escape = escapes[static_cast<std::uint8_t>(text[i])];
        if (!escape.empty()) {
            out.append(text.substr(plain, i - plain)).append(escape);
            plain = i + 1;
        }
    }
    out.append(text.substr(plain));
}

bool is_safe_link(std::string_view url) noexcept {
    return is_safe(url, link_schemes);
}

bool is_safe_source(std::string_view url) noexcept {
    return is_safe(url, web_schemes) || (url.starts_with("data:image/") && !url.contains('\\'));
}

}  // namespace cardea::html
