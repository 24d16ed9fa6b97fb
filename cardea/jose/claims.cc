// SPDX-License-Identifier: Apache-2.0
#include "cardea/jose/claims.h"

#include "cardea/base/time_text.h"
#include "cardea/jose/detail/claim_rules.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace cardea::jose {
namespace {

bool is_text_list(const Json& claim) {
    return claim.is_array() &&
           std::ranges::all_of(claim.items(), [](const Json& item) { return item.as_text().has_value(); });
}

/// Whether the claims are of the types that RFC 7519 section 4.1 gives them.
Result<> check_types(const Json& claims) {
    for (const std::string_view name : {"exp", "nbf", "iat"}) {
        const Json* claim = claims.find(name);
        if (claim != nullptr && !read_numeric_date(*claim)) {
            return fail(Errc::malformed, "jwt: " + std::string(name));
        }
    }
    for (const std::string_view name : {"iss", "sub", "jti"}) {
        const Json* claim = claims.find(name);
        if (claim != nullptr && !claim->as_text()) {
            return fail(Errc::malformed, "jwt: " + std::string(name));
        }
    }
    const Json* audience = claims.find("aud");
    if (audience != nullptr && !audience->as_text() && !is_text_list(*audience)) {
        return fail(Errc::malformed, "jwt: aud");
    }
    return {};
}

}  // namespace

Claims& Claims::audience(const std::vector<std::string>& aud) {
    Json::Array items;
    for (const std::string& one : aud) {
        items.emplace_back(one);
    }
    return set("aud", Json(std::move(items)));
}

Claims& Claims::set(std::string_view name, Json value) {
    const auto found = std::ranges::find(members_, name, &Json::Member::name);
    if (found != members_.end()) {
        found->value = std::move(value);
    } else {
        members_.push_back({std::string(name), std::move(value)});
    }
    return *this;
}

Claims& Claims::set_time(std::string_view name, Time time) {
    return set(name, Json(std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count()));
}

Result<Claims> Claims::parse(std::string_view text) {
    const Result<Json> json = parse_json(text, detail::claim_limits);
    if (!json) {
        return std::unexpected(json.error());
    }
    if (!json->is_object()) {
        return fail(Errc::malformed, "jwt: claims are an object");
    }
    Claims claims;
    claims.members_.assign(json->members().begin(), json->members().end());
    return claims;
}

bool Accepted::accepts(const Json* claim) const noexcept {
    if (kind_ != Kind::listed) {
        return kind_ == Kind::any || claim == nullptr;
    }
    const auto is_listed = [this](const Json& value) {
        const std::optional<std::string_view> text = value.as_text();
        return text && std::ranges::find(values_, *text) != values_.end();
    };
    return claim != nullptr && (is_listed(*claim) || std::ranges::any_of(claim->items(), is_listed));
}

Result<Time> read_numeric_date(const Json& claim) {
    if (const std::optional<std::int64_t> whole = claim.as_integer();
        whole && *whole >= 0 && *whole <= last_unix_second) {
        return Time(std::chrono::seconds(*whole));
    }
    const std::optional<double> seconds = claim.as_number();
    if (!seconds || !(*seconds >= 0) || *seconds > double{last_unix_second}) {
        return fail(Errc::malformed, "jwt: a time");
    }
    return Time(Duration(static_cast<Duration::rep>(std::floor(*seconds * 1000))));
}

Result<> detail::check_new_claims(const Json& claims, bool requires_expiry) {
    if (Result<> types = check_types(claims); !types) {
        return types;
    }
    const std::optional<Time> expiry = find_time(claims, "exp");
    if (!expiry && requires_expiry) {
        return fail(Errc::invalid, "jwt: exp is missing");
    }
    for (const std::string_view name : {"nbf", "iat"}) {
        const std::optional<Time> time = find_time(claims, name);
        if (expiry && time && *time >= *expiry) {
            return fail(Errc::invalid, "jwt: would expire before it is valid");
        }
    }
    return {};
}

Result<> detail::check_claims(const Json& claims, const JwtRules& rules, Time now) {
    if (Result<> types = check_types(claims); !types) {
        return types;
    }
    const std::optional<Time> expiry = find_time(claims, "exp");
    if (!expiry && rules.requires_expiry) {
        return fail(Errc::invalid, "jwt: exp is missing");
    }
    if (expiry && *expiry <= now - rules.leeway) {
        return fail(Errc::expired, "jwt: exp");
    }
    for (const std::string_view name : {"nbf", "iat"}) {
        const std::optional<Time> time = find_time(claims, name);
        if (time && *time > now + rules.leeway) {
            return fail(Errc::invalid, "jwt: not valid yet (" + std::string(name) + ")");
        }
    }
    if (!rules.issuer.accepts(claims.find("iss"))) {
        return fail(Errc::invalid, "jwt: iss");
    }
    if (!rules.audience.accepts(claims.find("aud"))) {
        return fail(Errc::invalid, "jwt: aud");
    }
    return {};
}

std::optional<Time> detail::find_time(const Json& claims, std::string_view name) {
    const Json* claim = claims.find(name);
    const Result<Time> time = claim != nullptr ? read_numeric_date(*claim) : fail(Errc::not_found);
    return time ? std::optional(*time) : std::nullopt;
}

}  // namespace cardea::jose
