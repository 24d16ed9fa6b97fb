// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/detail/python_sessions.h"

#include "cardea/cookies/flask.h"
#include "cardea/cookies/flask_tags.h"
#include "cardea/cookies/starlette.h"

#include <algorithm>
#include <concepts>
#include <iterator>
#include <optional>
#include <span>
#include <utility>

namespace cardea::web {
namespace {

constexpr std::string_view data_member = "data";

// What the program stores may have an object, at any depth, that looks like one of Flask's types: Flask
// escapes it, and nothing else.

/// The members of an object, without its escape; of a tagged value, its tag.
Json::Object members_of(const Json& json) {
    std::optional<Json::Object> members = cookies::as_flask_dict(json);
    return members ? std::move(*members) : Json::Object(json.members().begin(), json.members().end());
}

/// Without the escapes. What Flask tagged stays as it is.
Json from_flask(const Json& json) {
    if (json.is_array()) {
        Json::Array items;
        std::ranges::transform(json.items(), std::back_inserter(items), from_flask);
        return Json(std::move(items));
    }
    if (!json.is_object()) {
        return json;
    }
    Json::Object members = members_of(json);
    for (Json::Member& member : members) {
        member.value = from_flask(member.value);
    }
    return Json(std::move(members));
}

Json to_flask(const Json& json, const Json& was);

Json items_to_flask(std::span<const Json> items, std::span<const Json> were) {
    Json::Array tagged;
    for (std::size_t i = 0; i < items.size(); ++i) {
        tagged.push_back(to_flask(items[i], i < were.size() ? were[i] : Json()));
    }
    return Json(std::move(tagged));
}

/// With the escapes. A tagged value is one only where Flask has put that very one: whatever else looks like
/// one may come from a request.
Json to_flask(const Json& json, const Json& was) {
    if (json == from_flask(was)) {
        return was;
    }
    if (json.is_array()) {
        return items_to_flask(json.items(), was.items());
    }
    if (!json.is_object()) {
        return json;
    }
    const Json before(members_of(was));
    Json::Object members(json.members().begin(), json.members().end());
    for (Json::Member& member : members) {
        const Json* value_before = before.find(member.name);
        member.value = to_flask(member.value, value_before != nullptr ? *value_before : Json());
    }
    return cookies::flask_dict(std::move(members));
}

/// Of the content, that is the program's data.
Json content_to_flask(Json content, const Json& was) {
    const Json* data = content.find(data_member);
    const Json* data_was = was.find(data_member);
    if (data != nullptr) {
        Json tagged = to_flask(*data, data_was != nullptr ? *data_was : Json());
        content[data_member] = std::move(tagged);
    }
    return content;
}

Json content_from_flask(Json content) {
    if (const Json* tagged = content.find(data_member)) {
        Json data = from_flask(*tagged);
        content[data_member] = std::move(data);
    }
    return content;
}

/// `Format` is cookies::StarletteSession or cookies::FlaskSession.
template <class Format>
class PythonCodec final : public SessionCodec {
 public:
    explicit PythonCodec(const cookies::SecretKeys& secrets) : format_(secrets) {}

    [[nodiscard]] Result<std::string> write(const SessionText& session, Random& /*random*/) const override {
        Result<std::string> cookie = encode(session);
        if (!cookie) {
            return cookie;
        }
        if (Result<cookies::TimedJson> readable = decode(*cookie, session.last_seen_at); !readable) {
            return propagate(readable);
        }
        return cookie;
    }

    [[nodiscard]] Result<SessionText> read(std::string_view text, Time now) const override {
        Result<cookies::TimedJson> session = decode(text, now);
        if (!session) {
            return propagate(session);
        }
        SessionText found{
            .id = {},
            .created_at = session->signed_at,
            .last_seen_at = session->signed_at,
            .content = session->value,
        };
        if constexpr (is_flask) {
            found.content = content_from_flask(std::move(found.content));
            found.foreign = std::move(session->value);
        }
        return found;
    }

 private:
    static constexpr bool is_flask = std::same_as<Format, cookies::FlaskSession>;

    [[nodiscard]] Result<std::string> encode(const SessionText& session) const {
        if constexpr (is_flask) {
            return format_.encode(content_to_flask(session.content, session.foreign), session.last_seen_at);
        } else {
            return format_.encode(session.content, session.last_seen_at);
        }
    }

    /// How old it may be is decided where that is decided for all sessions; from the future it is not.
    [[nodiscard]] Result<cookies::TimedJson> decode(std::string_view cookie, Time now) const {
        return format_.decode(cookie, now, std::chrono::years(10));
    }

    Format format_;
};

}  // namespace

std::unique_ptr<const SessionCodec> make_python_codec(
    SessionFormat format, const cookies::SecretKeys& secrets
) {
    if (format == SessionFormat::flask) {
        return std::make_unique<const PythonCodec<cookies::FlaskSession>>(secrets);
    }
    return std::make_unique<const PythonCodec<cookies::StarletteSession>>(secrets);
}

Duration usual_age(SessionFormat format) noexcept {
    return format == SessionFormat::flask ? cookies::FlaskSession::default_max_age
                                          : cookies::StarletteSession::default_max_age;
}

}  // namespace cardea::web
