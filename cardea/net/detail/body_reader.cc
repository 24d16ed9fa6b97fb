// SPDX-License-Identifier: Apache-2.0
#include "cardea/net/detail/body_reader.h"

#include "cardea/base/assert.h"
#include "cardea/base/bytes.h"

#include <algorithm>
#include <utility>

namespace cardea::net::detail {
namespace {

constexpr unsigned max_size_digits = 8;

int hex_value(char c) noexcept {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    const char lower = static_cast<char>(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

}  // namespace

BodyReader::~BodyReader() {
    release();
}

void BodyReader::forget() noexcept {
    if (is_counted()) {
        release();
        return;
    }
    wipe(body_.data(), body_.size());
    body_.clear();
}

void BodyReader::release() noexcept {
    wipe(body_.data(), body_.size());
    body_.clear();
    body_.shrink_to_fit();  // "= {}" would keep the memory
    share_.release();
}

void BodyReader::start(const HeadVerdict& verdict) {
    CARDEA_ASSERT(body_.empty());
    is_chunked_ = verdict.framing == Framing::chunked;
    left_ = verdict.content_length;
    size_digits_ = 0;
    state_ = is_chunked_ ? State::size : verdict.framing == Framing::sized ? State::data : State::done;
}

std::expected<std::size_t, Refusal> BodyReader::read(std::string_view bytes) {
    std::size_t used = 0;
    while (used < bytes.size() && !is_done()) {
        if (state_ == State::data) {
            const auto taken = take_data(bytes.substr(used));
            if (!taken) {
                return std::unexpected(taken.error());
            }
            used += *taken;
            continue;
        }
        if (const auto taken = take_framing(bytes[used]); !taken) {
            return std::unexpected(taken.error());
        }
        ++used;
    }
    return used;
}

std::expected<std::size_t, Refusal> BodyReader::take_data(std::string_view bytes) {
    const std::size_t size = std::min<std::uint64_t>(left_, bytes.size());
    if (!grow_to(body_.size() + size)) {
        return std::unexpected(Refusal::buffers_full);
    }
    body_.append(bytes.substr(0, size));
    left_ -= size;
    if (left_ == 0) {
        state_ = is_chunked_ ? State::data_return : State::done;
    }
    return size;
}

/// Whether the body may become as long as `size`. No unwiped copy stays where it lay before.
bool BodyReader::grow_to(std::size_t size) {
    if (size <= body_.capacity()) {
        return true;
    }
    const std::size_t most = is_chunked_ ? limit_ : body_.size() + left_;
    const std::size_t wanted = std::min(std::max({size, 2 * body_.capacity(), uncounted_bytes}), most);
    if (wanted > uncounted_bytes && !share_.grow_to(wanted)) {
        return false;
    }
    std::string larger;
    larger.reserve(wanted);
    larger.append(body_);
    wipe(body_.data(), body_.size());
    body_ = std::move(larger);
    return true;
}

std::expected<void, Refusal> BodyReader::take_framing(char c) noexcept {
    const auto expect = [&](char wanted, State next) -> std::expected<void, Refusal> {
        if (c != wanted) {
            return std::unexpected(Refusal::malformed_chunk);
        }
        state_ = next;
        return {};
    };
    switch (state_) {
        case State::size:
            return c == '\r' && size_digits_ > 0 ? expect('\r', State::size_line_feed) : take_size(c);
        case State::size_line_feed:
            size_digits_ = 0;
            return expect('\n', left_ == 0 ? State::last_return : State::data);
        case State::data_return:
            return expect('\r', State::data_line_feed);
        case State::data_line_feed:
            return expect('\n', State::size);
        case State::last_return:
            return expect('\r', State::last_line_feed);
        case State::last_line_feed:
            return expect('\n', State::done);
        case State::data:
        case State::done:
            break;
    }
    return {};
}

std::expected<void, Refusal> BodyReader::take_size(char c) noexcept {
    const int digit = hex_value(c);
    if (digit < 0 || size_digits_ == max_size_digits) {
        return std::unexpected(Refusal::malformed_chunk);
    }
    left_ = left_ * 16 + static_cast<unsigned>(digit);
    ++size_digits_;
    if (left_ > limit_ - body_.size()) {
        return std::unexpected(Refusal::body_too_long);
    }
    return {};
}

}  // namespace cardea::net::detail
