// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/net/detail/buffer_budget.h"
#include "cardea/net/refusal.h"
#include "cardea/net/request_rules.h"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace cardea::net::detail {

/// Gathers a body, sized or chunked, in memory that grows with what arrives and never past what is announced;
/// above uncounted_bytes it comes out of the budget of all connections. Of chunked bodies it takes the strict
/// form alone (RFC 9112 7.1 without extensions and trailers): one to eight hexadecimal digits, CR LF, the
/// data, CR LF.
class BodyReader {
 public:
    BodyReader(std::size_t limit, BufferBudget& budget) noexcept : limit_(limit), share_(budget) {}
    ~BodyReader();
    BodyReader(const BodyReader&) = delete;
    BodyReader& operator=(const BodyReader&) = delete;

    /// Begins a body; the last one was forgotten. `verdict` was given by check_head under the same limit.
    void start(const HeadVerdict& verdict);
    /// How many of the bytes belong to the body: all of them unless it ends before they do.
    [[nodiscard]] std::expected<std::size_t, Refusal> read(std::string_view bytes);
    [[nodiscard]] bool is_done() const noexcept { return state_ == State::done; }
    [[nodiscard]] std::string_view body() const noexcept { return body_; }

    /// Ends a body: wipes it, and gives back what was counted.
    void forget() noexcept;
    /// The same, and gives all memory back.
    void release() noexcept;
    /// Whether it holds counted memory.
    [[nodiscard]] bool is_counted() const noexcept { return !share_.is_empty(); }

 private:
    enum class State : std::uint8_t {
        size,
        size_line_feed,
        data,
        data_return,
        data_line_feed,
        last_return,
        last_line_feed,
        done
    };

    [[nodiscard]] std::expected<std::size_t, Refusal> take_data(std::string_view bytes);
    [[nodiscard]] bool grow_to(std::size_t size);
    [[nodiscard]] std::expected<void, Refusal> take_framing(char c) noexcept;
    [[nodiscard]] std::expected<void, Refusal> take_size(char c) noexcept;

    std::size_t limit_;
    State state_ = State::done;
    bool is_chunked_ = false;
    unsigned size_digits_ = 0;
    std::uint64_t left_ = 0;  // of the sized body, or of the chunk
    std::string body_;
    BufferShare share_;
};

}  // namespace cardea::net::detail
