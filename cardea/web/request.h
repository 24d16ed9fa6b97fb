// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/errc.h"
#include "cardea/base/result.h"
#include "cardea/http/request.h"
#include "cardea/http/response.h"
#include "cardea/web/problem.h"
#include "cardea/web/router.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cardea::web {

class Route;

/// One request as a handler sees it: the engine's request, what the route's pattern matched, and the parts
/// that are parsed only when asked for, once, with their limits. Made by App for each request, or by a test.
/// One thread at a time; lives as long as the handling of its request, and so do the views it gives out.
class Request {
 public:
    explicit Request(const http::Request& raw, const Problems& problems = Problems::plain()) noexcept
        : raw_(raw), problems_(problems) {}
    Request(const Request&) = delete;
    Request& operator=(const Request&) = delete;

    [[nodiscard]] const http::Request& http() const noexcept { return raw_; }
    [[nodiscard]] http::Method method() const noexcept { return raw_.method; }
    [[nodiscard]] std::string_view path() const noexcept { return raw_.path; }
    [[nodiscard]] std::string_view client_address() const noexcept { return raw_.client_address; }
    [[nodiscard]] std::string_view header(std::string_view name) const noexcept { return raw_.header(name); }

    /// Whether a person's browser is asking, so that a page is the right answer and not JSON.
    [[nodiscard]] bool wants_page() const noexcept;

    /// What `{name}` in the route's pattern matched. Asking for a name the pattern does not have is a bug.
    [[nodiscard]] std::string_view param(std::string_view name) const noexcept;

    /// The answer that refuses this request: problem+json, or a page for browsers.
    [[nodiscard]] http::Response refuse(const Problem& problem) const;

 private:
    friend class App;

    const http::Request& raw_;
    const Problems& problems_;
    const Route* route_ = nullptr;
    PathParams params_;
};

}  // namespace cardea::web
