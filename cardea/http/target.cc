// SPDX-License-Identifier: Apache-2.0
#include "cardea/http/target.h"

#include "cardea/base/utf8.h"
#include "cardea/http/detail/characters.h"
#include "cardea/http/detail/percent.h"
#include "cardea/http/headers.h"

#include <algorithm>
#include <optional>

namespace cardea::http {
namespace {

using detail::CharacterSet;

// What browsers send unescaped (WHATWG URL), less what is ambiguous: RFC 3986 alone would refuse "|".
constexpr CharacterSet raw_path_characters = CharacterSet::alphanumeric_and("/-._~!$&'()*+,=:@[]^|%");
constexpr CharacterSet raw_query_characters = detail::printable_ascii.without(" #");
constexpr CharacterSet plain_path_characters = CharacterSet::alphanumeric_and("/-._~!$&'()*+,=:@");

Result<> check_raw_path(std::string_view path) {
    if (raw_path_characters.contains_all(path)) {
        return {};
    }
    if (path.contains('\\') || path.contains(';')) {
        return fail(Errc::invalid, "backslash or semicolon in the path");
    }
    return fail(Errc::malformed, "character in the path");
}

/// Decoded text must not be able to mean anything but itself: no separator, no control, no second escape.
Result<> check_decoded(std::string_view path) {
    while (!path.empty()) {
        if (detail::is_escape(path)) {
            return fail(Errc::invalid, "path encoded twice");
        }
        const std::optional<char32_t> c = take_code_point(path);
        if (!c) {
            return fail(Errc::malformed, "UTF-8 in the path");
        }
        if (*c < 0x20 || (*c >= 0x7f && *c < 0xa0)) {
            return fail(Errc::invalid, "control character in the path");
        }
        if (*c == '\\' || *c == ';') {
            return fail(Errc::invalid, "backslash or semicolon in the path");
        }
    }
    return {};
}

Result<std::string> decode_path(std::string_view raw) {
    std::string decoded(raw.size(), '\0');
    std::size_t size = 0;
    while (!raw.empty()) {
        const bool was_slash = raw.front() == '/';
        const int byte = detail::take_percent_decoded(raw);
        if (byte < 0) {
            return fail(Errc::malformed, "escape in the path");
        }
        if (byte == '/' && !was_slash) {
            return fail(Errc::invalid, "encoded slash in the path");
        }
        decoded[size++] = static_cast<char>(byte);
    }
    decoded.resize(size);
    if (Result<> checked = check_decoded(decoded); !checked) {
        return propagate(checked);
    }
    return decoded;
}

/// Only the last segment may be empty (a trailing slash); none may be "." or "..".
Result<> check_segments(std::string_view path) {
    path.remove_prefix(1);
    while (true) {
        const std::size_t end = path.find('/');
        const std::string_view segment = path.substr(0, end);
        if (segment == "." || segment == "..") {
            return fail(Errc::invalid, "dot segment in the path");
        }
        if (end == std::string_view::npos) {
            return {};
        }
        if (segment.empty()) {
            return fail(Errc::invalid, "empty segment in the path");
        }
        path.remove_prefix(end + 1);
    }
}

/// A scheme as it begins an absolute form, and its default port as it ends an authority.
struct Scheme {
    std::string_view prefix;
    std::string_view port;
};
constexpr Scheme schemes[] = {{"http://", ":80"}, {"https://", ":443"}};

struct AbsoluteForm {
    Scheme scheme;
    std::string_view authority;
    std::string_view rest;  // path and query: empty, or from the '/' or the '?' on
};

std::optional<AbsoluteForm> split_absolute(std::string_view raw) noexcept {
    for (const Scheme& scheme : schemes) {
        if (equals_ignoring_case(raw.substr(0, scheme.prefix.size()), scheme.prefix)) {
            raw.remove_prefix(scheme.prefix.size());
            const std::size_t size = std::min(raw.find_first_of("/?"), raw.size());
            return AbsoluteForm{scheme, raw.substr(0, size), raw.substr(size)};
        }
    }
    return std::nullopt;
}

/// Whether both name the same host and port (RFC 9110 section 4.2.3). An authority with anything more, such
/// as a user, is the same as no well-formed Host.
bool is_same_authority(std::string_view a, std::string_view b, const Scheme& scheme) noexcept {
    for (std::string_view* const each : {&a, &b}) {
        if (each->ends_with(scheme.port)) {
            each->remove_suffix(scheme.port.size());
        }
    }
    return !a.empty() && equals_ignoring_case(a, b);
}

Result<> check_form(Method method, std::string_view raw) {
    if (raw.empty()) {
        return fail(Errc::malformed, "empty request target");
    }
    if (raw != "*" && raw.front() != '/') {
        return fail(Errc::unsupported, "request target that is not a path");
    }
    if (raw == "*" && method != Method::options) {
        return fail(Errc::invalid, "request target * outside OPTIONS");
    }
    return {};
}

/// What counts of the target: its origin-form, or "*". Behind an authority the path may be left out.
Result<std::string_view> find_origin_form(Method method, std::string_view raw, std::string_view host) {
    if (raw.size() > max_target_bytes) {
        return fail(Errc::too_large, "request target");
    }
    const std::optional<AbsoluteForm> absolute = host.empty() ? std::nullopt : split_absolute(raw);
    if (!absolute) {
        if (Result<> form = check_form(method, raw); !form) {
            return propagate(form);
        }
        return raw;
    }
    if (!is_same_authority(absolute->authority, host, absolute->scheme)) {
        return fail(Errc::invalid, "request target of another host");
    }
    // RFC 9112 section 3.2.4: with nothing behind the authority, OPTIONS asks about the server.
    return absolute->rest.empty() && method == Method::options ? "*" : absolute->rest;
}

}  // namespace

Result<Target> parse_target(Method method, std::string_view raw, std::string_view host) {
    Result<std::string_view> found = find_origin_form(method, raw, host);
    if (!found) {
        return propagate(found);
    }
    Target target;
    target.origin_form_ = *found;
    const std::size_t question = found->find('?');
    target.path_ = found->substr(0, question);
    if (question != std::string_view::npos) {
        target.query_ = found->substr(question + 1);
    }
    if (target.path_.empty()) {
        target.path_ = "/";
        target.rebuilt_.append("/").append(*found);
    }
    if (!raw_query_characters.contains_all(target.query_)) {
        return fail(Errc::malformed, "character in the query");
    }
    if (Result<> characters = check_raw_path(target.path_); !characters) {
        return propagate(characters);
    }
    if (target.path_.contains('%')) {
        Result<std::string> decoded = decode_path(target.path_);
        if (!decoded) {
            return propagate(decoded);
        }
        target.decoded_ = std::move(*decoded);
    }
    if (Result<> segments = check_segments(target.path()); !segments) {
        return propagate(segments);
    }
    return target;
}

std::string format_target(std::string_view path, std::string_view query) {
    std::string text;
    text.reserve(path.size() + 1 + query.size());
    detail::append_percent_encoded(text, path, plain_path_characters);
    if (!query.empty()) {
        text.append("?").append(query);
    }
    return text;
}

}  // namespace cardea::http
