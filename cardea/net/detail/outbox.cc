// SPDX-License-Identifier: Apache-2.0
#include "cardea/net/detail/outbox.h"

#include "cardea/base/bytes.h"
#include "cardea/net/detail/buffer_budget.h"

#include <tuple>
#include <utility>

namespace cardea::net::detail {
namespace {

/// Answers to pipelined requests are sent together up to here.
constexpr std::size_t batch_bytes = std::size_t{64} * 1024;

/// Copying less costs less than one more system call.
constexpr std::size_t long_body_bytes = std::size_t{16} * 1024;

}  // namespace

void Outbox::add(http::Response&& response, const Envelope& envelope) {
    if (body_to_send(response, envelope).size() < long_body_bytes) {
        append_response(text_, response, envelope);
        return;
    }
    append_head(text_, response, envelope);
    long_answer_ = std::move(response);
}

void Outbox::add_refusal(const http::Response& refusal, std::string_view date_line) {
    append_refusal(text_, refusal, date_line);
}

bool Outbox::is_full() const noexcept {
    return text_.size() >= batch_bytes || !long_answer_.body().empty();
}

std::string_view Outbox::unsent() const noexcept {
    if (sent_ < text_.size()) {
        return std::string_view(text_).substr(sent_);
    }
    return long_answer_.body().substr(sent_ - text_.size());
}

std::size_t Outbox::held_bytes() const noexcept {
    return text_.capacity() + long_answer_.owned_bytes();
}

void Outbox::sent(std::size_t size) noexcept {
    sent_ += size;
    if (!is_empty()) {
        return;
    }
    if (text_.capacity() > uncounted_bytes) {  // not kept where nobody counts it
        release();
    } else {
        clear();
    }
}

void Outbox::clear() noexcept {
    text_.clear();
    sent_ = 0;
    if (!long_answer_.body().empty()) {
        std::ignore = std::exchange(long_answer_, {});  // alone, "= {}" would keep its memory
    }
}

void Outbox::release() noexcept {
    text_.resize(text_.capacity());  // tokens that were sent lie behind its end
    wipe(text_.data(), text_.size());
    text_.clear();
    text_.shrink_to_fit();
    clear();
}

}  // namespace cardea::net::detail
