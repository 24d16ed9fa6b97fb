// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/clock.h"
#include "cardea/base/json.h"
#include "cardea/base/random.h"
#include "cardea/base/result.h"

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace cardea::server {

/// What `cardea cookie` was asked to do.
struct CookieRequest {
    std::string_view secrets;  ///< the text of the file, newest first
    std::string_view input;    ///< the value to sign, or the text to verify
    std::string_view label;    ///< the purpose, the salt or the cookie's name; empty: the format's default
    Time now;
    std::optional<std::chrono::seconds> max_age;  ///< nullopt: what the application itself uses
    Random& random;
};

/// What was signed, and what the format knows about it.
struct CookieContent {
    Json value;
    std::optional<Time> signed_at;
    std::optional<Time> expires_at;
};

/// One format at the command line. `sign` and `verify` answer Errc::config with a sentence when the request
/// lacks what the format needs, otherwise the errors of its codec.
struct CookieFormat {
    std::string_view name;
    std::string_view label;  ///< what the label is here
    Result<std::string> (*sign)(const CookieRequest& request);
    Result<CookieContent> (*verify)(const CookieRequest& request);
    bool is_shared;  ///< with another application, which takes any secret
};

[[nodiscard]] std::span<const CookieFormat> cookie_formats() noexcept;

}  // namespace cardea::server
