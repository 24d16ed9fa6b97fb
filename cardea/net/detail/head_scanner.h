// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/net/limits.h"
#include "cardea/net/refusal.h"

#include <cstddef>
#include <expected>
#include <string_view>

namespace cardea::net::detail {

/// Finds where a request head ends, line by line as bytes arrive, and refuses early what could otherwise wait
/// for a deadline: bare LFs, folded lines, heads past their limits, bytes that are no HTTP at all.
class HeadScanner {
 public:
    explicit HeadScanner(const Limits& limits) noexcept : limits_(&limits) {}

    void restart() noexcept;

    /// `bytes` starts at the head's first byte and only grows from call to call. The size of the whole head
    /// with its empty line, or 0 while that has not arrived.
    [[nodiscard]] std::expected<std::size_t, Refusal> scan(std::string_view bytes) noexcept;

 private:
    [[nodiscard]] std::expected<void, Refusal> check_line(std::string_view line) noexcept;

    const Limits* limits_;
    std::size_t line_begin_ = 0;  // of the first line that has not ended
    std::size_t searched_ = 0;    // no LF in [line_begin_, searched_)
    std::size_t lines_ = 0;
};

}  // namespace cardea::net::detail
