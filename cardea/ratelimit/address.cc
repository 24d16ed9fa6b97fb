// SPDX-License-Identifier: Apache-2.0
#include "cardea/ratelimit/address.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>

namespace cardea::ratelimit {

std::string address_subject(std::string_view address) {
    std::string text(address);
    std::array<char, 16> bytes{};
    if (::inet_pton(AF_INET, text.c_str(), bytes.data()) == 1) {
        return {bytes.data(), 4};
    }
    if (::inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) {
        return text;
    }
    constexpr std::array<char, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '\xff', '\xff'};
    if (std::ranges::equal(mapped, std::string_view(bytes.data(), mapped.size()))) {
        return {bytes.data() + mapped.size(), 4};
    }
    return {bytes.data(), 8};
}

}  // namespace cardea::ratelimit
