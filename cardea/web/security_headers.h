// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/http/response.h"
#include "cardea/http/url.h"

#include <string>
#include <string_view>

namespace cardea::web {

/// The headers that tell browsers to be careful, on every response. The lines are put together once, at
/// start. A response that sets Content-Security-Policy or Cache-Control itself keeps its own.
class SecurityHeaders {
 public:
    /// `public_url` is how browsers reach the program. HSTS is for https at a DNS name with a dot in it that
    /// is not this machine's, and for no host below it.
    explicit SecurityHeaders(const http::Url& public_url);

    void add_to(http::Response& response) const;

 private:
    std::string all_;   ///< every response
    std::string page_;  ///< HTML besides
    std::string page_policy_;
    std::string data_policy_;
    std::string no_store_;
};

/// What our pages may load: files of their own origin, no inline script or style, no frames.
inline constexpr std::string_view page_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// What data may load when a browser is made to show it as a document: nothing.
inline constexpr std::string_view data_policy = "default-src 'none'; frame-ancestors 'none'";

}  // namespace cardea::web
