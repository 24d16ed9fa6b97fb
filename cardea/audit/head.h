// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/audit/store.h"
#include "cardea/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace cardea::audit {

/// Where the log ends. The server writes it to the ordinary log every hour: kept elsewhere, it shows a cut.
struct Head {
    std::int64_t count = 0;
    Mac mac{};
    friend bool operator==(const Head&, const Head&) = default;
};

/// "17:9f86d0...": the number of rows and the MAC of the last one in hexadecimal digits.
[[nodiscard]] std::string to_string(const Head& head);

/// The exact reverse. Errc::malformed.
[[nodiscard]] Result<Head> parse_head(std::string_view text);

}  // namespace cardea::audit
