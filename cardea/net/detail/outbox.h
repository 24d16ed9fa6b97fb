// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/http/response.h"
#include "cardea/net/detail/response_writer.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace cardea::net::detail {

/// What a connection has to say and has not sent yet. Short answers lie together; a long body stays where it
/// is, so that a client that takes nothing holds no copy of it.
class Outbox {
 public:
    Outbox() = default;
    ~Outbox() { release(); }
    Outbox(const Outbox&) = delete;
    Outbox& operator=(const Outbox&) = delete;

    void add(std::string_view text) { text_.append(text); }
    void add(http::Response&& response, const Envelope& envelope);
    void add_refusal(const http::Response& refusal, std::string_view date_line);

    [[nodiscard]] bool is_empty() const noexcept { return unsent().empty(); }
    /// Whether it must be sent before anything is added.
    [[nodiscard]] bool is_full() const noexcept;
    /// What goes next; more may follow it.
    [[nodiscard]] std::string_view unsent() const noexcept;
    void sent(std::size_t size) noexcept;
    /// The memory that goes when all is sent; not a body that others hold too.
    [[nodiscard]] std::size_t held_bytes() const noexcept;

    /// Forgets what was not sent.
    void clear() noexcept;
    /// The same, and gives the memory back, wiped.
    void release() noexcept;

 private:
    std::string text_;
    http::Response long_answer_;  // its body follows the text
    std::size_t sent_ = 0;        // of both
};

}  // namespace cardea::net::detail
