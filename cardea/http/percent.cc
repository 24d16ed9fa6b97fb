// SPDX-License-Identifier: Apache-2.0
#include "cardea/http/percent.h"

#include "cardea/http/detail/percent.h"

namespace cardea::http {

void append_percent_encoded(std::string& out, std::string_view text, std::string_view also_plain) {
    constexpr detail::CharacterSet unreserved = detail::CharacterSet::alphanumeric_and("-._~");
    detail::append_percent_encoded(out, text, unreserved.with(also_plain));
}

std::optional<std::string> percent_decode(std::string_view text) {
    std::string decoded;
    decoded.reserve(text.size());
    while (!text.empty()) {
        const int byte = detail::take_percent_decoded(text);
        if (byte < 0) {
            return std::nullopt;
        }
        decoded.push_back(static_cast<char>(byte));
    }
    return decoded;
}

}  // namespace cardea::http
