// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/http/request.h"
#include "cardea/net/limits.h"
#include "cardea/net/refusal.h"

#include <cstdint>
#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cardea::net {

/// The names that a server answers to: `host` (any port) or `host:port`, lower case, IPv6 in brackets.
/// An empty list answers to every well-formed Host.
class AllowedHosts {
 public:
    AllowedHosts() = default;
    explicit AllowedHosts(std::vector<std::string> names);

    /// `host` is a Host header's value, well formed, in any case.
    [[nodiscard]] bool contains(std::string_view host) const noexcept;

 private:
    std::vector<std::string> names_;
};

/// A request head after the parser cut it into pieces, before anything is believed.
struct RawHead {
    std::string_view method;
    std::string_view target;
    unsigned minor_version = 1;  ///< of HTTP/1
    std::span<const http::Header> headers;
};

/// How the end of the body is known.
enum class Framing : std::uint8_t { none, sized, chunked };
/// Whether another request may follow on the connection.
enum class KeepAlive : std::uint8_t { no, yes };
/// Whether the client waits to be told before it sends the body (RFC 9110 section 10.1.1).
enum class ExpectContinue : std::uint8_t { no, yes };

/// What a head that kept every rule says about its message.
struct HeadVerdict {
    http::Method method = http::Method::get;
    std::string_view host;  ///< as received
    Framing framing = Framing::none;
    std::uint64_t content_length = 0;  ///< of Framing::sized
    KeepAlive keep_alive = KeepAlive::yes;
    ExpectContinue expect_continue = ExpectContinue::no;
};

/// The rules of RFC 9110 and 9112 that parsers are lenient about, each applied so that no other reader of the
/// same bytes could see another message. Pure.
[[nodiscard]] std::expected<HeadVerdict, Refusal> check_head(
    const RawHead& head, const Limits& limits, const AllowedHosts& hosts
);

}  // namespace cardea::net
