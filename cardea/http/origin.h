// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace cardea::http {

/// An origin in the sense of RFC 6454: scheme, host and port, with one text each ("https://example.com",
/// default ports left out), so that comparing texts is comparing origins.
class Origin {
 public:
    [[nodiscard]] const std::string& text() const noexcept { return text_; }
    [[nodiscard]] bool is_https() const noexcept { return text_.starts_with("https:"); }

    friend bool operator==(const Origin&, const Origin&) = default;
    /// Whether an Origin header is this origin. "null" never is.
    friend bool operator==(const Origin& origin, std::string_view header) noexcept {
        return origin.text_ == header;
    }

 private:
    friend class Url;
    explicit Origin(std::string text) : text_(std::move(text)) {}

    std::string text_;
};

/// Errc::malformed unless the text is exactly how browsers write an origin; "null" is not one.
[[nodiscard]] Result<Origin> parse_origin(std::string_view text);

}  // namespace cardea::http
