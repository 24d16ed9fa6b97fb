// SPDX-License-Identifier: Apache-2.0
#include "cardea/http/media_type.h"

#include "cardea/http/detail/characters.h"
#include "cardea/http/detail/parameter_value.h"
#include "cardea/http/headers.h"

#include <algorithm>
#include <optional>

namespace cardea::http {
namespace {

std::string to_lower(std::string_view text) {
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), detail::to_lower);
    return lower;
}

struct Parameter {
    std::string_view name;
    std::string_view value;
};

/// Takes `; name=value` off the text; a `;` with nothing behind it gives an empty name.
std::optional<Parameter> take_parameter(std::string_view& text) noexcept {
    if (!text.starts_with(';')) {
        return std::nullopt;
    }
    text = trim(text.substr(1));
    if (text.empty() || text.starts_with(';')) {
        return Parameter{};
    }
    const std::string_view name = text.substr(0, text.find('='));
    if (!is_token(name) || name.size() == text.size()) {
        return std::nullopt;
    }
    text.remove_prefix(name.size() + 1);
    const std::optional<std::string_view> value = detail::take_parameter_value(text, " \t;");
    if (!value) {
        return std::nullopt;
    }
    text = trim(text);
    return Parameter{name, *value};
}

bool is_in_utf8(const MediaType& type) noexcept {
    return type.charset.empty() || type.charset == "utf-8";
}

/// "0.5" in thousandths; nullopt when it is no weight of RFC 9110 12.4.2.
std::optional<int> parse_weight(std::string_view text) noexcept {
    if (text.empty() || text.size() > 5 || (text.size() > 1 && text[1] != '.')) {
        return std::nullopt;
    }
    int thousandths = 0;
    int unit = 1000;
    for (std::size_t i = 0; i < text.size(); i += i == 0 ? 2 : 1) {
        if (!detail::is_digit(text[i])) {
            return std::nullopt;
        }
        thousandths += (text[i] - '0') * unit;
        unit /= 10;
    }
    return thousandths <= 1000 ? std::optional(thousandths) : std::nullopt;
}

/// The weight of a member of an Accept list; 0 when it is malformed, so that it is not chosen.
int find_weight(std::string_view parameters) noexcept {
    while (!parameters.empty()) {
        const std::string_view parameter = take_list_member(parameters, ';');
        if (equals_ignoring_case(parameter.substr(0, 2), "q=")) {
            return parse_weight(parameter.substr(2)).value_or(0);
        }
    }
    return 1000;
}

struct Preference {
    std::string_view name;
    int weight;
};

Preference take_preference(std::string_view& list) noexcept {
    const std::string_view member = take_list_member(list, ',');
    const std::size_t end = member.find(';');
    const std::string_view parameters = end == std::string_view::npos ? "" : member.substr(end + 1);
    return {trim(member.substr(0, end)), find_weight(parameters)};
}

struct PageOrData {
    int html = 0;
    int json = 0;
};

/// How much each is liked; 0 where it is not named.
PageOrData weigh(std::string_view accept) noexcept {
    PageOrData liked;
    while (!accept.empty()) {
        const Preference preference = take_preference(accept);
        if (equals_ignoring_case(preference.name, "text/html") ||
            equals_ignoring_case(preference.name, "application/xhtml+xml")) {
            liked.html = std::max(liked.html, preference.weight);
        } else if (preference.name.ends_with("json")) {
            liked.json = std::max(liked.json, preference.weight);
        }
    }
    return liked;
}

}  // namespace

Result<MediaType> parse_media_type(std::string_view text) {
    text = trim(text);
    const std::string_view essence = trim(text.substr(0, text.find(';')));
    const std::size_t slash = essence.find('/');
    if (slash == std::string_view::npos || !is_token(essence.substr(0, slash)) ||
        !is_token(essence.substr(slash + 1))) {
        return fail(Errc::malformed, "media type");
    }
    MediaType type{.essence = to_lower(essence), .charset = {}};
    text.remove_prefix(std::min(text.find(';'), text.size()));
    while (!text.empty()) {
        const std::optional<Parameter> parameter = take_parameter(text);
        if (!parameter) {
            return fail(Errc::malformed, "media type parameter");
        }
        if (!equals_ignoring_case(parameter->name, "charset")) {
            continue;
        }
        if (!type.charset.empty() || parameter->value.empty()) {
            return fail(Errc::malformed, "charset");
        }
        type.charset = to_lower(parameter->value);
    }
    return type;
}

bool is_json_type(std::string_view content_type) {
    const Result<MediaType> type = parse_media_type(content_type);
    return type && (type->essence == "application/json" || type->essence.ends_with("+json")) &&
           is_in_utf8(*type);
}

bool is_form_type(std::string_view content_type) {
    const Result<MediaType> type = parse_media_type(content_type);
    return type && type->essence == "application/x-www-form-urlencoded" && is_in_utf8(*type);
}

bool wants_html(std::string_view accept) noexcept {
    const PageOrData liked = weigh(accept);
    return liked.html > 0 && liked.html >= liked.json;
}

bool wants_json(std::string_view accept) noexcept {
    const PageOrData liked = weigh(accept);
    return liked.json > liked.html;
}

ContentCoding choose_coding(std::string_view accept_encoding) noexcept {
    std::optional<int> br;
    std::optional<int> gzip;
    int any = 0;
    while (!accept_encoding.empty()) {
        const Preference preference = take_preference(accept_encoding);
        if (equals_ignoring_case(preference.name, "br")) {
            br = preference.weight;
        } else if (equals_ignoring_case(preference.name, "gzip")) {
            gzip = preference.weight;
        } else if (preference.name == "*") {
            any = preference.weight;
        }
    }
    const int br_weight = br.value_or(any);
    const int gzip_weight = gzip.value_or(any);
    if (br_weight > 0 && br_weight >= gzip_weight) {
        return ContentCoding::br;
    }
    return gzip_weight > 0 ? ContentCoding::gzip : ContentCoding::identity;
}

}  // namespace cardea::http
