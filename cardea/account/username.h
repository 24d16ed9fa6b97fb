// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"

#include <string>
#include <string_view>
#include <utility>

namespace cardea::account {

/// A user name: the UsernameCaseMapped profile of RFC 8265 (letters, digits and printable ASCII; wide forms
/// narrowed, case mapped, NFC, the bidi rule), narrowed further for people: 1 to 64 code points, letters of
/// one script only, no `@` (so that it is never taken for an address), no mark at the start.
class Username {
 public:
    static constexpr std::size_t max_code_points = 64;

    /// Errc::invalid, or Errc::too_large.
    [[nodiscard]] static Result<Username> parse(std::string_view text);

    /// As the person wrote it: what is shown.
    [[nodiscard]] const std::string& text() const noexcept { return text_; }
    /// What is unique.
    [[nodiscard]] const std::string& key() const noexcept { return key_; }

 private:
    Username(std::string text, std::string key) : text_(std::move(text)), key_(std::move(key)) {}

    std::string text_;
    std::string key_;
};

/// A display name in NFC, without spaces around it: up to 100 code points of any script. Errc::invalid for
/// control and format characters that hide or reorder text, line breaks and bytes that are no UTF-8;
/// Errc::too_large.
[[nodiscard]] Result<std::string> parse_display_name(std::string_view text);

}  // namespace cardea::account
