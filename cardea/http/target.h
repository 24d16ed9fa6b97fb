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
    /// Both as they came, in origin-form: of an absolute form what stands behind the authority.
    [[nodiscard]] std::string_view origin_form() const noexcept {
        return rebuilt_.empty() ? origin_form_ : rebuilt_;
    }

 private:
    friend Result<Target> parse_target(Method method, std::string_view raw, std::string_view host);

    std::string_view path_;
    std::string_view query_;
    std::string_view origin_form_;
    std::string decoded_;  // empty while the raw path is the path
    std::string rebuilt_;  // empty while the origin-form stands in the raw target
};

/// `host` is the Host header of the request, well formed. The absolute form (RFC 9112 section 3.2.2, of http
/// and https) is taken where its authority is the same host and port: its origin-form is what counts. Without
/// `host` there is none.
/// Errc::too_large past max_target_bytes; Errc::unsupported for the authority form and schemes that are not
/// served; Errc::malformed for what no grammar allows; Errc::invalid for what two programs could read
/// differently: an authority that is not the Host, encoded slashes, backslashes and controls, `;`, empty and
/// dot segments, double encoding.
[[nodiscard]] Result<Target> parse_target(Method method, std::string_view raw, std::string_view host = {});

/// The reverse, for `next` and redirects: parse_target gives back the same path and query. `path` is a path
/// that parse_target accepted.
[[nodiscard]] std::string format_target(std::string_view path, std::string_view query);

}  // namespace cardea::http
