// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"
#include "cardea/http/request.h"

#include <string>
#include <string_view>

namespace cardea::http {

/// The longest request target that is read.
inline constexpr std::size_t max_target_bytes = 8192;

/// A request target, resolved: the one place where a path is decoded. Views into the text it was parsed from,
/// which outlives it; only a path with escapes is copied.
class Target {
 public:
    /// Starts with '/' and is decoded exactly once: no escapes, no empty or dot segments, no '\' or ';', no
    /// control characters, valid UTF-8. Two different resources never share it. ("*" for OPTIONS.)
    [[nodiscard]] std::string_view path() const noexcept { return decoded_.empty() ? path_ : decoded_; }
    /// As it came, without the '?': printable ASCII, escapes left alone (http/query.h reads it).
    [[nodiscard]] std::string_view query() const noexcept { return query_; }

 private:
    friend Result<Target> parse_target(Method method, std::string_view raw);

    std::string_view path_;
    std::string_view query_;
    std::string decoded_;  // empty while the raw path is the path
};

/// Errc::too_large past max_target_bytes; Errc::unsupported for the absolute and authority forms, which only
/// a forward proxy needs; Errc::malformed for what no grammar allows; Errc::invalid for what two programs
/// could read differently: encoded slashes, backslashes and controls, `;`, empty and dot segments, double
/// encoding.
[[nodiscard]] Result<Target> parse_target(Method method, std::string_view raw);

/// The reverse, for `next` and redirects: parse_target gives back the same path and query. `path` is a path
/// that parse_target accepted.
[[nodiscard]] std::string format_target(std::string_view path, std::string_view query);

}  // namespace cardea::http
