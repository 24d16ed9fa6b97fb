// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>

namespace cardea::net {

/// What one client may cost. The defaults suit a sign-in service on the open internet; every one is a bound
/// on memory or time, so none can be switched off. Deadlines are kept by a sweep once a second and may come
/// a second late.
struct Limits {
    /// Method, target and version with their line end; longer is 414.
    std::size_t request_line_bytes = std::size_t{8} * 1024;
    /// The whole head, request line included; longer is 431. It is also what a busy connection holds.
    std::size_t head_bytes = std::size_t{16} * 1024;
    /// Header lines; more is 431.
    std::size_t header_count = 100;
    /// The body after decoding; longer is 413, before it is read when Content-Length says so.
    std::size_t body_bytes = std::size_t{64} * 1024;
    /// How long a connection may rest between two requests before it is closed.
    std::chrono::seconds idle{75};
    /// From the first byte of a head to its last; longer is 408. Also from accept to the first byte.
    std::chrono::seconds head{15};
    /// From the end of a head to the last byte of its body; longer is 408.
    std::chrono::seconds body{30};
    /// How long a client may take none of the bytes that wait for it before it is cut.
    std::chrono::seconds write{30};
    /// What all connections together may hold of bodies that are on their way or being answered, and of
    /// answers that clients do not take at once: what has up to 4 KiB, and answers shared with others or
    /// older than the request, are not counted. Past half of it, clients that have kept such a connection
    /// waiting for three seconds are cut; past all of it, a further body is answered 503, and a client that
    /// does not take its answer is cut. A body or an answer of its own that is longer never fits.
    std::size_t buffered_bytes = std::size_t{64} * 1024 * 1024;
    /// Open connections in the process. A further one takes the place of one whose client has kept it
    /// waiting: a second for a request, three for a body or for taking an answer. Where there is none, it is
    /// answered 503 and closed.
    std::size_t connections = 10'000;
};

}  // namespace cardea::net
