// SPDX-License-Identifier: Apache-2.0
#include "cardea/otp/qr_code.h"

#include <qrcodegen.hpp>
#include <string>

namespace cardea::otp {
namespace {

constexpr std::ptrdiff_t border = 4;  // ISO/IEC 18004: the quiet zone

SecretText seal(std::string text) {
    SecretText secret(text);
    wipe(text.data(), text.size());
    return secret;
}

/// How many dark modules stand in a row from (x, y) on.
std::ptrdiff_t run_length(const QrCode& code, std::ptrdiff_t x, std::ptrdiff_t y) {
    std::ptrdiff_t length = 0;
    while (code.is_dark(x + length, y)) {
        ++length;
    }
    return length;
}

/// A row's dark modules as the parts of a path.
void append_row(std::string& path, const QrCode& code, std::ptrdiff_t y) {
    for (std::ptrdiff_t x = 0; x < std::ptrdiff_t(code.size()); ++x) {
        if (const std::ptrdiff_t length = run_length(code, x, y); length > 0) {
            const std::string across = std::to_string(length);
            path.append("M")
                .append(std::to_string(x + border))
                .append(" ")
                .append(std::to_string(y + border));
            path.append("h").append(across).append("v1h-").append(across).append("z");
            x += length;
        }
    }
}

}  // namespace

Result<QrCode> QrCode::make(std::string_view text) {
    constexpr std::size_t most = 2331;  // version 40, medium, bytes
    if (text.size() > most) {
        return fail(Errc::too_large, "text of a QR code");
    }
    std::vector<std::uint8_t> bytes(text.begin(), text.end());
    const auto drawn = qrcodegen::QrCode::encodeBinary(bytes, qrcodegen::QrCode::Ecc::MEDIUM);
    wipe(bytes.data(), bytes.size());
    const int size = drawn.getSize();
    QrCode code(static_cast<std::size_t>(size));
    for (int i = 0; i < size * size; ++i) {
        code.dark_[static_cast<std::size_t>(i)] = drawn.getModule(i % size, i / size);
    }
    return code;
}

bool QrCode::is_dark(std::ptrdiff_t x, std::ptrdiff_t y) const noexcept {
    const auto column = static_cast<std::size_t>(x);
    const auto row = static_cast<std::size_t>(y);  // what is negative becomes far too large
    return column < size_ && row < size_ && dark_[row * size_ + column];
}

SecretText QrCode::svg() const {
    const std::string side = std::to_string(size_ + 2 * border);
    std::string svg;
    svg.reserve(512 + size_ * size_ * 12);  // growing would leave copies behind
    svg += R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 )";
    svg.append(side).append(" ").append(side);
    svg += R"(" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h)";
    svg.append(side).append("v").append(side).append("H0z");
    svg += R"("/><path d=")";
    for (std::ptrdiff_t y = 0; y < std::ptrdiff_t(size_); ++y) {
        append_row(svg, *this, y);
    }
    svg += R"("/></svg>)";
    return seal(std::move(svg));
}

SecretText QrCode::terminal() const {
    constexpr std::string_view black_on_white = "\x1b[30;107m";
    constexpr std::string_view usual = "\x1b[0m";
    const auto end = static_cast<std::ptrdiff_t>(size_) + border;
    std::string text;
    text.reserve((size_ + 2 * border) * (3 * (size_ + 2 * border) + 32));
    for (std::ptrdiff_t y = -border; y < end; y += 2) {
        text += black_on_white;
        for (std::ptrdiff_t x = -border; x < end; ++x) {
            const bool upper = is_dark(x, y);
            const bool lower = is_dark(x, y + 1);
            text += upper ? (lower ? "\u2588" : "\u2580") : (lower ? "\u2584" : " ");
        }
        text += usual;
        text += '\n';
    }
    return seal(std::move(text));
}

}  // namespace cardea::otp
