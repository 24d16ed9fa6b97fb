// SPDX-License-Identifier: Apache-2.0
#include "cardea/cookies/flask_tags.h"

#include "cardea/base/base64url.h"
#include "cardea/base/hex.h"
#include "cardea/base/time_text.h"

#include <algorithm>
#include <array>

namespace cardea::cookies {
namespace {

constexpr std::string_view dict_tag = " di";
constexpr std::string_view tuple_tag = " t";
constexpr std::string_view bytes_tag = " b";
constexpr std::string_view markup_tag = " m";
constexpr std::string_view uuid_tag = " u";
constexpr std::string_view datetime_tag = " d";
constexpr std::array tags{dict_tag, tuple_tag, bytes_tag, markup_tag, uuid_tag, datetime_tag};
constexpr std::string_view escape = "__";

bool is_tag(std::string_view name) noexcept {
    return std::ranges::find(tags, name) != tags.end();
}

Json tagged(std::string_view tag, Json value) {
    Json::Object members;
    members.push_back({std::string(tag), std::move(value)});
    return Json(std::move(members));
}

/// What the tag stands before; nullptr when it is another tag or none.
const Json* find_tagged(const Json& json, std::string_view tag) noexcept {
    const std::span<const Json::Member> members = json.members();
    return members.size() == 1 && members.front().name == tag ? &members.front().value : nullptr;
}

std::optional<std::string_view> find_tagged_text(const Json& json, std::string_view tag) noexcept {
    const Json* value = find_tagged(json, tag);
    return value == nullptr ? std::nullopt : value->as_text();
}

/// The member of an object that was escaped; nullptr when it is none.
const Json::Member* find_escaped(const Json& json) noexcept {
    const Json* value = find_tagged(json, dict_tag);
    if (value == nullptr || value->members().size() != 1) {
        return nullptr;
    }
    const Json::Member& member = value->members().front();
    std::string_view name = member.name;
    if (!name.ends_with(escape)) {
        return nullptr;
    }
    name.remove_suffix(escape.size());
    return is_tag(name) ? &member : nullptr;
}

/// "Tue, 14 Nov 2023 22:13:20 GMT" and no other form: it is the one that Flask writes.
std::optional<Time> parse_http_date(std::string_view text) {
    constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
    constexpr std::size_t text_size = 29;
    if (text.size() != text_size) {
        return std::nullopt;
    }
    const std::size_t month = months.find(text.substr(8, 3));
    if (month == std::string_view::npos) {
        return std::nullopt;
    }
    std::string rfc3339(text.substr(12, 4));
    rfc3339.append(month / 3 < 9 ? "-0" : "-").append(std::to_string(month / 3 + 1));
    rfc3339.append("-").append(text.substr(5, 2)).append("T").append(text.substr(17, 8)).append("Z");
    const Result<Time> time = parse_rfc3339(rfc3339);
    return time && to_http_date(*time) == text ? std::optional(*time) : std::nullopt;
}

bool is_tagged_value(const Json& json) {
    return find_escaped(json) != nullptr || as_flask_tuple(json) || as_flask_bytes(json) ||
           as_flask_markup(json) || as_flask_uuid(json) || as_flask_datetime(json);
}

}  // namespace

Json flask_tuple(Json::Array items) {
    return tagged(tuple_tag, Json(std::move(items)));
}

Json flask_bytes(ByteView bytes) {
    return tagged(bytes_tag, Json(base64_encode(bytes)));
}

Json flask_markup(std::string html) {
    return tagged(markup_tag, Json(std::move(html)));
}

Json flask_uuid(const Uuid& uuid) {
    return tagged(uuid_tag, Json(hex_encode(uuid)));
}

Json flask_datetime(Time time) {
    return tagged(datetime_tag, Json(to_http_date(time)));
}

Json flask_dict(Json::Object members) {
    if (members.size() != 1 || !is_tag(members.front().name)) {
        return Json(std::move(members));
    }
    members.front().name += escape;
    return tagged(dict_tag, Json(std::move(members)));
}

std::optional<std::span<const Json>> as_flask_tuple(const Json& json) {
    const Json* value = find_tagged(json, tuple_tag);
    return value != nullptr && value->is_array() ? std::optional(value->items()) : std::nullopt;
}

std::optional<Bytes> as_flask_bytes(const Json& json) {
    const std::optional<std::string_view> text = find_tagged_text(json, bytes_tag);
    if (!text) {
        return std::nullopt;
    }
    Result<Bytes> bytes = base64_decode(*text);
    return bytes ? std::optional(std::move(*bytes)) : std::nullopt;
}

std::optional<std::string_view> as_flask_markup(const Json& json) {
    return find_tagged_text(json, markup_tag);
}

std::optional<Uuid> as_flask_uuid(const Json& json) {
    const std::optional<std::string_view> text = find_tagged_text(json, uuid_tag);
    Uuid uuid{};
    return text && hex_decode(*text, uuid) ? std::optional(uuid) : std::nullopt;
}

std::optional<Time> as_flask_datetime(const Json& json) {
    const std::optional<std::string_view> text = find_tagged_text(json, datetime_tag);
    return text ? parse_http_date(*text) : std::nullopt;
}

std::optional<Json::Object> as_flask_dict(const Json& json) {
    if (const Json::Member* member = find_escaped(json)) {
        Json::Object members{*member};
        members.front().name.resize(member->name.size() - escape.size());
        return members;
    }
    if (!json.is_object() || is_tagged_value(json)) {
        return std::nullopt;
    }
    return Json::Object(json.members().begin(), json.members().end());
}

bool has_valid_flask_tags(const Json& json) {
    const std::span<const Json::Member> members = json.members();
    if (members.size() == 1 && is_tag(members.front().name) && !is_tagged_value(json)) {
        return false;
    }
    // Behind an escape stands an ordinary member, whatever its name is now.
    return std::ranges::all_of(json.items(), has_valid_flask_tags) &&
           std::ranges::all_of(members, [](const Json::Member& one) {
               return has_valid_flask_tags(one.value);
           });
}

}  // namespace cardea::cookies
