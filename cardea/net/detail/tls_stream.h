// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/net/detail/openssl.h"
#include "cardea/net/tls.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace cardea::net::detail {

/// TLS on a non-blocking socket. It never waits: where the socket has nothing, or takes nothing, it says what
/// to wait for. The handshake happens inside the first reads.
class TlsStream {
 public:
    enum class Outcome : std::uint8_t {
        done,         ///< `size` bytes went through
        wants_read,   ///< again when the socket can be read
        wants_write,  ///< again when the socket can be written
        ended,        ///< the client said goodbye, went away, or broke the protocol
        plain_http,   ///< the client speaks HTTP without TLS
    };
    struct Progress {
        Outcome outcome;
        std::size_t size;
    };

    /// The socket stays the caller's and outlives the stream.
    TlsStream(const TlsIdentity& identity, int socket);

    [[nodiscard]] Progress read_some(std::span<char> room) noexcept;
    /// Takes as much as the socket does. After `wants_...` the same bytes come again, wherever they lie by
    /// then, with or without more behind them.
    [[nodiscard]] Progress write_some(std::string_view bytes) noexcept;
    /// Tells the client that nothing was cut off (close_notify), if the socket takes it now.
    void say_goodbye() noexcept;

 private:
    [[nodiscard]] Outcome why_not(int result) noexcept;

    TlsSession session_;
    bool is_broken_ = false;
};

}  // namespace cardea::net::detail
