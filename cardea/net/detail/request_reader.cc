// SPDX-License-Identifier: Apache-2.0
#include "cardea/net/detail/request_reader.h"

#include "cardea/base/assert.h"
#include "cardea/base/bytes.h"
#include "cardea/net/detail/head_parser.h"

#include <algorithm>
#include <cstring>
#include <tuple>
#include <utility>

namespace cardea::net::detail {
namespace {

/// Room behind the longest head, so that a body can be read while its head stays in place.
constexpr std::size_t body_room = 4096;

}  // namespace

std::size_t RequestReader::block_bytes(const Limits& limits) noexcept {
    return limits.head_bytes + body_room;
}

RequestReader::RequestReader(
    const Limits& limits, const AllowedHosts& hosts, BlockPool& blocks, BufferBudget& budget
)
    : limits_(limits), hosts_(hosts), blocks_(blocks), scanner_(limits), body_(limits.body_bytes, budget) {}

RequestReader::~RequestReader() {
    wipe_block();
}

std::span<char> RequestReader::room() {
    if (!block_) {
        block_ = blocks_.rent();
    }
    if (state_ == State::body) {
        end_ = next_ = begin_ + head_size_;  // the body bytes are read, the head stays
    } else {
        move_to_front();
    }
    return {block_.get() + end_, blocks_.block_bytes() - end_};
}

void RequestReader::received(std::size_t size) noexcept {
    CARDEA_ASSERT(size <= blocks_.block_bytes() - end_);
    end_ += size;
    high_water_ = std::max(high_water_, end_);
}

RequestReader::Step RequestReader::next() {
    if (state_ == State::complete) {
        begin_ = next_;
        body_.forget();
        scanner_.restart();
        skipped_empty_line_ = false;
        head_is_read_ = false;
        state_ = State::head;
    }
    switch (state_) {
        case State::head:
            return read_head();
        case State::body:
            return read_body();
        default:
            return Step::refused;
    }
}

/// RFC 9112 section 2.2: one empty line in front of a request is nothing; old clients send it behind a body.
/// False while it may yet become one. Once it is skipped, the reader is between two requests again.
bool RequestReader::skip_empty_line() noexcept {
    if (skipped_empty_line_ || end_ == begin_) {
        return true;
    }
    const std::string_view front = unread(begin_).substr(0, 2);
    if (front == "\r\n") {
        begin_ += front.size();
        skipped_empty_line_ = true;
    }
    return front != "\r";
}

RequestReader::Step RequestReader::read_head() {
    if (!skip_empty_line()) {
        return Step::read;
    }
    const auto size = scanner_.scan(unread(begin_));
    if (!size) {
        return refuse(size.error());
    }
    if (*size == 0) {
        return Step::read;
    }
    if (const auto parsed = parse_head(*size); !parsed) {
        return refuse(parsed.error());
    }
    if (verdict_.framing == Framing::none) {
        return complete();
    }
    if (begin_ > 0) {
        // The rest of the body may need the room in front of the head, whose views then move with it.
        move_to_front();
        if (const auto parsed = parse_head(*size); !parsed) {
            return refuse(parsed.error());
        }
    }
    state_ = State::body;
    asked_to_continue_ = false;
    return read_body();
}

std::expected<void, Refusal> RequestReader::parse_head(std::size_t size) {
    const auto head = detail::parse_head(unread(begin_).substr(0, size), headers_);
    if (!head) {
        return std::unexpected(head.error());
    }
    head_is_read_ = true;
    const auto verdict = check_head(*head, limits_, hosts_);
    if (!verdict) {
        return std::unexpected(verdict.error());
    }
    Result<http::Target> target = http::parse_target(verdict->method, head->target, verdict->host);
    if (!target) {
        return std::unexpected(Refusal::malformed_target);
    }
    verdict_ = *verdict;
    target_ = std::move(*target);
    minor_version_ = head->minor_version;
    head_size_ = size;
    next_ = begin_ + size;
    body_.start(verdict_);

    char* const host = block_.get() + (verdict_.host.data() - block_.get());
    for (std::size_t i = 0; i < verdict_.host.size(); ++i) {
        host[i] = host[i] >= 'A' && host[i] <= 'Z' ? static_cast<char>(host[i] | 0x20) : host[i];
    }
    request_ = {};
    request_.method = verdict_.method;
    request_.target = target_.origin_form();
    request_.path = target_.path();
    request_.query = target_.query();
    request_.host = verdict_.host;
    request_.headers = head->headers;
    return {};
}

RequestReader::Step RequestReader::read_body() {
    const bool nothing_came = next_ == end_;
    const auto used = body_.read(unread(next_));
    if (!used) {
        return refuse(used.error());
    }
    next_ += *used;
    if (body_.is_done()) {
        return complete();
    }
    if (verdict_.expect_continue == ExpectContinue::yes && nothing_came && !asked_to_continue_) {
        asked_to_continue_ = true;
        return Step::send_continue;
    }
    return Step::read;
}

RequestReader::Step RequestReader::complete() noexcept {
    request_.body = body_.body();
    state_ = State::complete;
    return Step::request;
}

RequestReader::Step RequestReader::refuse(Refusal refusal) noexcept {
    refusal_ = refusal;
    state_ = State::refused;
    body_.release();
    return Step::refused;
}

RequestReader::Waiting RequestReader::waiting() const noexcept {
    if (state_ == State::body) {
        return Waiting::in_body;
    }
    return begin_ == end_ ? Waiting::between_requests : Waiting::in_head;
}

std::string_view RequestReader::accept() const noexcept {
    return head_is_read_ ? http::Request{.headers = headers_}.header("Accept") : std::string_view();
}

void RequestReader::release() noexcept {
    wipe_block();
    block_.reset();
    begin_ = next_ = end_ = 0;
    head_is_read_ = false;
    request_ = {};
    body_.release();
    headers_.clear();
    headers_.shrink_to_fit();
    std::ignore = std::exchange(target_, {});  // alone, "= {}" would keep its memory
}

void RequestReader::wipe_block() noexcept {
    wipe(block_.get(), high_water_);  // cookies and passwords went through it
    high_water_ = 0;
}

void RequestReader::move_to_front() noexcept {
    if (begin_ > 0) {
        std::memmove(block_.get(), block_.get() + begin_, end_ - begin_);
        end_ -= begin_;
        begin_ = 0;
    }
}

std::string_view RequestReader::unread(std::size_t from) const noexcept {
    return {block_.get() + from, end_ - from};
}

}  // namespace cardea::net::detail
