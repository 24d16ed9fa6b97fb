// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"
#include "cardea/base/secret.h"

#include <cstddef>
#include <string_view>
#include <vector>

namespace cardea::otp {

/// A text as a QR code, with the medium error correction: what authenticator apps scan. The text is a secret,
/// and so is every picture of it.
class QrCode {
 public:
    /// Errc::too_large for a text that does not fit in the largest code (2331 bytes).
    [[nodiscard]] static Result<QrCode> make(std::string_view text);

    /// Modules on each side, without the white border.
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    /// Outside of the code everything is light.
    [[nodiscard]] bool is_dark(std::ptrdiff_t x, std::ptrdiff_t y) const noexcept;

    /// An <svg> element, black on white with the border that scanners need, without style, script or a fixed
    /// size: for a page with any Content-Security-Policy, or a file.
    [[nodiscard]] SecretText svg() const;

    /// Lines of half blocks, two modules above each other in a character. The colours are set (ANSI), since a
    /// terminal's own would show the code inverted in every other theme.
    [[nodiscard]] SecretText terminal() const;

 private:
    explicit QrCode(std::size_t size) : size_(size), dark_(size * size) {}

    std::size_t size_;
    std::vector<bool> dark_;  // row by row
};

}  // namespace cardea::otp
