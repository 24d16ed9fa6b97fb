// SPDX-License-Identifier: Apache-2.0
#include "cardea/http/detail/host.h"

#include "cardea/http/detail/characters.h"

namespace cardea::http::detail {
namespace {

constexpr CharacterSet label_characters =
    CharacterSet::alphanumeric_and("-_").without("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
constexpr CharacterSet digits = CharacterSet::range('0', '9');

bool is_label(std::string_view label) noexcept {
    return !label.empty() && label.size() <= 63 && label_characters.contains_all(label) &&
           label.front() != '-' && label.back() != '-';
}

/// WHATWG URL "ends in a number": browsers read such a host as an IPv4 address, whatever its spelling.
bool ends_in_number(std::string_view name) noexcept {
    const std::size_t dot = name.rfind('.');
    const std::string_view last = dot == std::string_view::npos ? name : name.substr(dot + 1);
    return digits.contains_all(last) || last.starts_with("0x");
}

}  // namespace

bool is_host_name(std::string_view text) noexcept {
    if (text.empty() || text.size() > 253 || ends_in_number(text)) {
        return false;
    }
    while (true) {
        const std::size_t dot = text.find('.');
        if (!is_label(text.substr(0, dot))) {
            return false;
        }
        if (dot == std::string_view::npos) {
            return true;
        }
        text.remove_prefix(dot + 1);
    }
}

}  // namespace cardea::http::detail
