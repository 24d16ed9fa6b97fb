// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"
#include "cardea/http/address.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// How single values are written in the configuration. Every failure is Errc::config, and its context is a
/// sentence that says how to write the value; it never repeats a secret.
namespace cardea::server {

/// An address and a port to listen on: "127.0.0.1:8080", "[::1]:8080".
struct Endpoint {
    http::Address address;
    std::uint16_t port = 0;
};
[[nodiscard]] Result<Endpoint> parse_endpoint(std::string_view text);

/// The first of such texts whose address other machines can reach, or empty.
[[nodiscard]] std::string find_exposed(const std::vector<std::string>& endpoints);

/// "true" or "false".
[[nodiscard]] Result<bool> parse_switch(std::string_view text);
/// The reverse.
[[nodiscard]] std::string on_off(bool value);

/// A text, and a list of texts, as TOML has them.
[[nodiscard]] std::string in_quotes(std::string_view text);
[[nodiscard]] std::string list_in_quotes(const std::vector<std::string>& texts);

/// A whole number from `least` to `most`.
[[nodiscard]] Result<std::size_t> parse_count(std::string_view text, std::size_t least, std::size_t most);

}  // namespace cardea::server
