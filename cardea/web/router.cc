// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/router.h"

#include <algorithm>

namespace cardea::web {
namespace {

bool is_literal_segment(std::string_view segment) noexcept {
    return !segment.empty() && segment.find_first_of("{}") == std::string_view::npos;
}

/// The name inside `{name}`, or empty.
std::string_view param_name(std::string_view segment) noexcept {
    if (segment.size() < 3 || segment.front() != '{' || segment.back() != '}') {
        return {};
    }
    const std::string_view name = segment.substr(1, segment.size() - 2);
    const bool is_name = std::ranges::all_of(name, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
    return is_name ? name : std::string_view();
}

/// Cuts the first segment off `rest`, which begins behind a slash. The last one leaves `rest` empty with
/// `is_last` set.
struct Segment {
    std::string_view text;
    std::string_view rest;
    bool is_last;
};

Segment cut_segment(std::string_view rest) noexcept {
    const std::size_t slash = rest.find('/');
    if (slash == std::string_view::npos) {
        return {rest, {}, true};
    }
    return {rest.substr(0, slash), rest.substr(slash + 1), false};
}

}  // namespace

/// One segment of the patterns that have parameters.
struct Router::Node {
    std::unordered_map<std::string, std::unique_ptr<Node>, TextHash, std::equal_to<>> literals;
    std::unique_ptr<Node> param;
    Endpoint endpoint;

    /// Literal before parameter, and back where that leads nowhere. Each node is visited at most once per
    /// request, since a pattern reaches it in one way only.
    const Endpoint* find(std::string_view rest, PathParams& params) const noexcept {
        const Segment segment = cut_segment(rest);
        if (const auto literal = literals.find(segment.text); literal != literals.end()) {
            if (const Endpoint* found = literal->second->step(segment.rest, segment.is_last, params)) {
                return found;
            }
        }
        if (!param || segment.text.empty()) {
            return nullptr;
        }
        params.values[params.count++] = segment.text;
        const Endpoint* found = param->step(segment.rest, segment.is_last, params);
        params.count -= found == nullptr ? 1 : 0;
        return found;
    }

    /// The node for the rest of a pattern, made where it is missing.
    Node& grow(std::string_view rest) {
        const Segment segment = cut_segment(rest);
        std::unique_ptr<Node>& next =
            param_name(segment.text).empty() ? literals[std::string(segment.text)] : param;
        if (!next) {
            next = std::make_unique<Node>();
        }
        return segment.is_last ? *next : next->grow(segment.rest);
    }

 private:
    const Endpoint* step(std::string_view rest, bool is_last, PathParams& params) const noexcept {
        if (!is_last) {
            return find(rest, params);
        }
        return endpoint.allow().empty() ? nullptr : &endpoint;
    }
};

Router::Router() : root_(std::make_unique<Node>()) {}
Router::~Router() = default;
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;

Router::RouteNumber Router::Endpoint::route(http::Method method) const noexcept {
    const RouteNumber own = routes_[std::to_underlying(method)];
    if (own == none && method == http::Method::head) {
        return routes_[std::to_underlying(http::Method::get)];
    }
    return own;
}

void Router::Endpoint::set(http::Method method, RouteNumber route) {
    routes_[std::to_underlying(method)] = route;
    allow_.clear();
    for (std::size_t i = 0; i < method_count; ++i) {
        const auto candidate = static_cast<http::Method>(i);
        if (this->route(candidate) != none || candidate == http::Method::options) {
            allow_.append(allow_.empty() ? "" : ", ").append(http::name(candidate));
        }
    }
}

Result<> Router::add(http::Method method, std::string_view pattern, RouteNumber route) {
    Result<std::vector<std::string>> names = parse_pattern(pattern);
    if (!names) {
        return propagate(names);
    }
    Endpoint* endpoint =
        names->empty() ? &exact_[std::string(pattern)] : &root_->grow(pattern.substr(1)).endpoint;
    if (endpoint->routes_[std::to_underlying(method)] != none) {
        return fail(Errc::conflict, std::string(http::name(method)) + " " + std::string(pattern));
    }
    endpoint->set(method, route);
    return {};
}

const Router::Endpoint* Router::resolve(std::string_view path, PathParams& params) const noexcept {
    if (const auto exact = exact_.find(path); exact != exact_.end()) {
        return &exact->second;
    }
    params.count = 0;
    return path.starts_with('/') ? root_->find(path.substr(1), params) : nullptr;
}

Result<std::vector<std::string>> parse_pattern(std::string_view pattern) {
    if (!pattern.starts_with('/')) {
        return fail(Errc::invalid, "a route begins with a slash: " + std::string(pattern));
    }
    std::vector<std::string> names;
    Segment segment{{}, pattern.substr(1), false};
    while (!segment.is_last) {
        segment = cut_segment(segment.rest);
        const std::string_view name = param_name(segment.text);
        const bool is_root = pattern == "/";
        if (name.empty() && !is_literal_segment(segment.text) && !is_root) {
            return fail(Errc::invalid, "a segment is text or {name}: " + std::string(pattern));
        }
        if (std::ranges::find(names, name) != names.end()) {
            return fail(Errc::invalid, "two parameters of one name: " + std::string(pattern));
        }
        if (!name.empty()) {
            names.emplace_back(name);
        }
    }
    if (names.size() > max_path_params) {
        return fail(Errc::invalid, "too many parameters: " + std::string(pattern));
    }
    return names;
}

}  // namespace cardea::web
