// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"
#include "cardea/http/request.h"

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace cardea::web {

/// Upper bound of parameters in one pattern.
inline constexpr std::size_t max_path_params = 4;
inline constexpr std::size_t method_count = std::to_underlying(http::Method::options) + 1U;

/// What the parameters of a pattern matched, in their order: views into the request's path.
struct PathParams {
    std::array<std::string_view, max_path_params> values;
    std::size_t count = 0;
};

/// Finds the route of a request: a hash for patterns without parameters, a tree of segments for the others.
/// The most specific pattern owns the path (a literal segment beats a parameter), so another method on it is
/// a 405 and never falls through to a wider pattern. Filled at start, then read by every thread.
class Router {
 public:
    /// A route is known here by its number, as the caller counts.
    using RouteNumber = std::uint16_t;
    static constexpr RouteNumber none = 0xffff;

    /// Where a path leads: one route per method, and the text of the Allow header.
    class Endpoint {
     public:
        /// The route for the method, with GET standing in for HEAD; `none` when there is none.
        [[nodiscard]] RouteNumber route(http::Method method) const noexcept;
        [[nodiscard]] std::string_view allow() const noexcept { return allow_; }

     private:
        friend class Router;
        void set(http::Method method, RouteNumber route);

        std::array<RouteNumber, method_count> routes_ = no_routes();
        std::string allow_;

        static constexpr std::array<RouteNumber, method_count> no_routes() {
            std::array<RouteNumber, method_count> routes{};
            routes.fill(none);
            return routes;
        }
    };

    Router();
    ~Router();
    Router(Router&&) noexcept;
    Router& operator=(Router&&) noexcept;

    /// Adds a route for patterns like "/users/{id}/keys". Errc::invalid for a malformed pattern,
    /// Errc::conflict when method and pattern are taken (parameter names do not make a pattern another one).
    Result<> add(http::Method method, std::string_view pattern, RouteNumber route);

    /// The endpoint of the path, or nullptr; `params` then holds what the parameters matched. Allocates
    /// nothing.
    [[nodiscard]] const Endpoint* resolve(std::string_view path, PathParams& params) const noexcept;

 private:
    struct Node;
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const noexcept {
            return std::hash<std::string_view>{}(text);
        }
    };

    std::unordered_map<std::string, Endpoint, TextHash, std::equal_to<>> exact_;
    std::unique_ptr<Node> root_;
};

/// The names of a pattern's parameters in their order, or why it is no pattern (Errc::invalid).
[[nodiscard]] Result<std::vector<std::string>> parse_pattern(std::string_view pattern);

}  // namespace cardea::web
