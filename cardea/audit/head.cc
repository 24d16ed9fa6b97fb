// SPDX-License-Identifier: Apache-2.0
#include "cardea/audit/head.h"

#include "cardea/base/hex.h"

#include <algorithm>
#include <charconv>

namespace cardea::audit {

std::string to_string(const Head& head) {
    return std::to_string(head.count) + ':' + hex_encode(head.mac);
}

Result<Head> parse_head(std::string_view text) {
    const std::string_view count = text.substr(0, text.find(':'));
    const std::string_view mac = text.substr(std::min(text.size(), count.size() + 1));
    Head head;
    const char* end = count.data() + count.size();
    // NOLINTNEXTLINE(bugprone-suspicious-stringview-data-usage): the end goes with it
    const auto [stop, error] = std::from_chars(count.data(), end, head.count);
    if (error != std::errc() || stop != end || head.count < 0 || !hex_decode(mac, head.mac) ||
        to_string(head) != text) {
        return fail(Errc::malformed, "the head of an audit log: COUNT:MAC, as the server's log has it");
    }
    return head;
}

}  // namespace cardea::audit
