// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/http/request.h"
#include "cardea/http/target.h"
#include "cardea/net/detail/block_pool.h"
#include "cardea/net/detail/body_reader.h"
#include "cardea/net/detail/buffer_budget.h"
#include "cardea/net/detail/head_scanner.h"
#include "cardea/net/limits.h"
#include "cardea/net/refusal.h"
#include "cardea/net/request_rules.h"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <span>
#include <string_view>
#include <vector>

namespace cardea::net::detail {

/// The reading half of a connection, without the connection: bytes go in, requests or one refusal come out.
/// Pipelined requests come out one by one, in order; after a refusal nothing does. Not thread-safe.
///
///     std::span<char> room = reader.room();      // fill some of it from anywhere
///     reader.received(filled);
///     while (reader.next() == RequestReader::Step::request) { answer(reader.request()); }
class RequestReader {
 public:
    enum class Step : std::uint8_t {
        read,           ///< nothing complete: fill room() and call received()
        send_continue,  ///< the client waits for "100 Continue" before it sends the body; then call next()
        request,        ///< request() is complete
        refused,        ///< refusal() says why; the connection is of no further use
    };

    /// What the reader waits for, which decides how long it may take.
    enum class Waiting : std::uint8_t { between_requests, in_head, in_body };

    /// The size of the blocks that a reader works in.
    [[nodiscard]] static std::size_t block_bytes(const Limits& limits) noexcept;

    /// All four outlive the reader; the pool has blocks of block_bytes(limits).
    RequestReader(const Limits& limits, const AllowedHosts& hosts, BlockPool& blocks, BufferBudget& budget);
    ~RequestReader();
    RequestReader(const RequestReader&) = delete;
    RequestReader& operator=(const RequestReader&) = delete;

    /// Where the next bytes go; never empty after Step::read. Views of the last request end here.
    [[nodiscard]] std::span<char> room();
    void received(std::size_t size) noexcept;

    /// Ends the last request, whose views die, and goes on to what comes next.
    [[nodiscard]] Step next();

    /// The request of the last Step::request, without its client address.
    [[nodiscard]] http::Request& request() noexcept { return request_; }
    [[nodiscard]] KeepAlive keep_alive() const noexcept { return verdict_.keep_alive; }
    [[nodiscard]] unsigned minor_version() const noexcept { return minor_version_; }
    [[nodiscard]] Refusal refusal() const noexcept { return refusal_; }
    /// The Accept header of the message under way, or empty: its head must have been read to the end.
    [[nodiscard]] std::string_view accept() const noexcept;
    [[nodiscard]] Waiting waiting() const noexcept;
    /// Whether it holds a body that the budget counts.
    [[nodiscard]] bool is_counted() const noexcept { return body_.is_counted(); }

    /// Gives all memory back, wiped: for a connection that rests between two requests, or reads none any
    /// more.
    void release() noexcept;

 private:
    enum class State : std::uint8_t { head, body, complete, refused };

    [[nodiscard]] bool skip_empty_line() noexcept;
    Step read_head();
    Step read_body();
    Step complete() noexcept;
    Step refuse(Refusal refusal) noexcept;
    [[nodiscard]] std::expected<void, Refusal> parse_head(std::size_t size);
    void wipe_block() noexcept;
    void move_to_front() noexcept;
    [[nodiscard]] std::string_view unread(std::size_t from) const noexcept;

    const Limits& limits_;
    const AllowedHosts& hosts_;
    BlockPool& blocks_;
    BlockPool::Block block_;  // [begin_, end_) is received and not done with
    std::size_t begin_ = 0;   // of the current message
    std::size_t next_ = 0;    // what follows the head and the body bytes that are read
    std::size_t end_ = 0;
    std::size_t high_water_ = 0;  // what must be wiped

    State state_ = State::head;
    bool skipped_empty_line_ = false;  // in front of this message
    bool asked_to_continue_ = false;
    Refusal refusal_{};
    unsigned minor_version_ = 1;
    bool head_is_read_ = false;  // headers_ are this message's
    std::size_t head_size_ = 0;
    HeadScanner scanner_;
    BodyReader body_;
    std::vector<http::Header> headers_;
    HeadVerdict verdict_;
    http::Target target_;
    http::Request request_;
};

}  // namespace cardea::net::detail
