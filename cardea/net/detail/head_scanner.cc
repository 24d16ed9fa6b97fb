// SPDX-License-Identifier: Apache-2.0
#include "cardea/net/detail/head_scanner.h"

namespace cardea::net::detail {

void HeadScanner::restart() noexcept {
    line_begin_ = 0;
    searched_ = 0;
    lines_ = 0;
}

std::expected<std::size_t, Refusal> HeadScanner::scan(std::string_view bytes) noexcept {
    // Another protocol (a TLS hello, say) may never send the LF that would end its first line.
    if (!bytes.empty() && (bytes[0] < 'A' || bytes[0] > 'Z')) {
        return std::unexpected(
            bytes[0] >= 'a' && bytes[0] <= 'z' ? Refusal::malformed_method : Refusal::malformed_request_line
        );
    }
    while (true) {
        const std::size_t line_feed = bytes.find('\n', searched_);
        if (line_feed == std::string_view::npos) {
            searched_ = bytes.size();
            if (lines_ == 0 && bytes.size() > limits_->request_line_bytes) {
                return std::unexpected(Refusal::request_line_too_long);
            }
            if (bytes.size() > limits_->head_bytes) {
                return std::unexpected(Refusal::head_too_long);
            }
            return 0;
        }
        if (line_feed == line_begin_ || bytes[line_feed - 1] != '\r') {
            return std::unexpected(Refusal::bare_line_ending);
        }
        const std::string_view line = bytes.substr(line_begin_, line_feed - 1 - line_begin_);
        if (const auto checked = check_line(line); !checked) {
            return std::unexpected(checked.error());
        }
        line_begin_ = searched_ = line_feed + 1;
        if (line_begin_ > limits_->head_bytes) {
            return std::unexpected(Refusal::head_too_long);
        }
        if (line.empty()) {
            return line_begin_;
        }
    }
}

std::expected<void, Refusal> HeadScanner::check_line(std::string_view line) noexcept {
    if (lines_ == 0 && line.size() + 2 > limits_->request_line_bytes) {
        return std::unexpected(Refusal::request_line_too_long);
    }
    if (lines_ > 0 && !line.empty()) {
        if (line[0] == ' ' || line[0] == '\t') {
            return std::unexpected(Refusal::folded_header);
        }
        if (lines_ > limits_->header_count) {
            return std::unexpected(Refusal::too_many_headers);
        }
    }
    ++lines_;
    return {};
}

}  // namespace cardea::net::detail
