// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace cardea::http {

/// One cookie of a request, as it was sent.
struct Cookie {
    std::string_view name;
    std::string_view value;
};

/// Walks over a Cookie header, one cookie at a time, without copying. Foreign cookies may hold anything and
/// do no harm; pieces without a name are skipped. Quotes, commas and `$Version` mean nothing (RFC 6265bis):
/// the old grammar lets one cookie swallow another.
class CookieReader {
 public:
    explicit CookieReader(std::string_view header) noexcept : rest_(header) {}

    [[nodiscard]] std::optional<Cookie> next() noexcept;

 private:
    std::string_view rest_;
};

/// The value of the cookie of exactly that name; nullopt when there is none. Errc::ambiguous_credentials when
/// there are two (a sibling host tossed one of them), Errc::malformed when the value has a byte that no
/// CookieWriter writes. One pass, no allocation.
[[nodiscard]] Result<std::optional<std::string_view>> find_cookie(
    std::string_view header, std::string_view name
);

/// Whether requests from other sites carry the cookie (RFC 6265bis section 5.6.7).
enum class SameSite { lax, strict, none };

/// One of our cookies: its full name and attributes, decided once. What browsers demand of a `__Host-` or
/// `__Secure-` cookie holds by construction. All are HttpOnly with Path=/.
class CookieWriter {
 public:
    static constexpr std::size_t max_bytes = 4096;

    /// `__Host-NAME`: Secure, bound to this very host.
    [[nodiscard]] static Result<CookieWriter> for_host(std::string_view name, SameSite same_site);
    /// `__Secure-NAME`: Secure, shared with every host under `domain`; any of them can also set it.
    [[nodiscard]] static Result<CookieWriter> for_domain(
        std::string_view name, std::string_view domain, SameSite same_site
    );
    /// `NAME` as it is, with Secure: for a cookie that another program beside this one knows by its name.
    /// Without `domain` it is bound to this very host.
    [[nodiscard]] static Result<CookieWriter> for_peer(
        std::string_view name, std::string_view domain, SameSite same_site
    );
    /// `NAME` without Secure, for plain http on localhost. SameSite=None, which needs Secure, is
    /// Errc::invalid.
    [[nodiscard]] static Result<CookieWriter> for_localhost(std::string_view name, SameSite same_site);

    /// The name with its prefix, for find_cookie.
    [[nodiscard]] const std::string& name() const noexcept { return name_; }

    /// The value of a Set-Cookie header. Without `max_age` the cookie goes when the browser is closed.
    /// Errc::invalid for a value with a byte that a cookie cannot hold, Errc::too_large where browsers would
    /// drop it without a word.
    [[nodiscard]] Result<std::string> set(
        std::string_view value, std::optional<std::chrono::seconds> max_age = std::nullopt
    ) const;
    /// The value of a Set-Cookie header that makes the browser forget the cookie.
    [[nodiscard]] std::string clear() const;

 private:
    CookieWriter(std::string name, std::string attributes);
    [[nodiscard]] static Result<CookieWriter> make(
        std::string name, std::string attributes, SameSite same_site
    );

    std::string name_;
    std::string attributes_;  // "; Path=/; ..."
};

}  // namespace cardea::http
