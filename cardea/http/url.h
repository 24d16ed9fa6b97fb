// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"
#include "cardea/http/origin.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cardea::http {

/// The longest URL that is read.
inline constexpr std::size_t max_url_bytes = 2048;

/// An absolute http or https URL, normalised. What parse_url accepts, browsers read the same way (WHATWG
/// URL); what they would have to repair first, it refuses.
class Url {
 public:
    [[nodiscard]] const std::string& scheme() const noexcept { return scheme_; }
    /// Lower case; a DNS name, a dotted IPv4 address, or an IPv6 address in brackets.
    [[nodiscard]] const std::string& host() const noexcept { return host_; }
    [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
    [[nodiscard]] bool has_default_port() const noexcept { return port_ == (scheme_ == "https" ? 443 : 80); }
    /// Escapes left alone; "/" at least.
    [[nodiscard]] const std::string& path() const noexcept { return path_; }
    [[nodiscard]] const std::optional<std::string>& query() const noexcept { return query_; }
    [[nodiscard]] const std::optional<std::string>& fragment() const noexcept { return fragment_; }

    /// "host" or "host:port": what a Host header says.
    [[nodiscard]] std::string authority() const;
    [[nodiscard]] Origin origin() const { return Origin(scheme_ + "://" + authority()); }
    /// Whether the host is this machine whatever DNS says: localhost, *.localhost, 127.0.0.0/8 or [::1].
    [[nodiscard]] bool is_loopback() const;
    [[nodiscard]] std::string to_string() const;

    friend bool operator==(const Url&, const Url&) = default;

 private:
    friend Result<Url> parse_url(std::string_view text);
    Url() = default;
    Result<> take_scheme(std::string_view& text);
    Result<> read_authority(std::string_view authority);

    std::string scheme_;
    std::string host_;
    std::uint16_t port_ = 0;
    std::string path_;
    std::optional<std::string> query_;
    std::optional<std::string> fragment_;
};

/// Errc::unsupported for another scheme; Errc::too_large past max_url_bytes; Errc::malformed for characters
/// that RFC 3986 does not allow and for bad hosts, ports or escapes; Errc::invalid for user names, dot
/// segments and hosts that are an IPv4 address in disguise.
[[nodiscard]] Result<Url> parse_url(std::string_view text);

}  // namespace cardea::http
