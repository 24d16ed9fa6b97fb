// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/detail/python_sessions.h"

#include "cardea/cookies/flask.h"
#include "cardea/cookies/flask_tags.h"
#include "cardea/cookies/starlette.h"

#include <concepts>
#include <optional>
#include <utility>

namespace cardea::web {
namespace {

constexpr std::string_view data_member = "data";

// What the program stores may have a single name that looks like one of Flask's tags: Flask escapes such an
// object, and nothing else.

Json to_flask(Json content) {
    const Json* data = content.find(data_member);
    if (data != nullptr && data->is_object()) {
        Json escaped = cookies::flask_dict(Json::Object(data->members().begin(), data->members().end()));
        content[data_member] = std::move(escaped);
    }
    return content;
}

Json from_flask(Json content) {
    const Json* data = content.find(data_member);
    std::optional<Json::Object> members = data != nullptr ? cookies::as_flask_dict(*data) : std::nullopt;
    if (members) {
        content[data_member] = Json(std::move(*members));
    }
    return content;
}

/// `Format` is cookies::StarletteSession or cookies::FlaskSession.
template <class Format>
class PythonCodec final : public SessionCodec {
 public:
    explicit PythonCodec(const cookies::SecretKeys& secrets) : format_(secrets) {}

    [[nodiscard]] Result<std::string> write(const SessionText& session, Random& /*random*/) const override {
        if constexpr (is_flask) {
            return format_.encode(to_flask(session.content), session.last_seen_at);
        } else {
            return format_.encode(session.content, session.last_seen_at);
        }
    }

    [[nodiscard]] Result<SessionText> read(std::string_view text, Time now) const override {
        // How old it may be is decided where that is decided for all sessions; from the future it is not.
        Result<cookies::TimedJson> session = format_.decode(text, now, std::chrono::years(10));
        if (!session) {
            return propagate(session);
        }
        if constexpr (is_flask) {
            session->value = from_flask(std::move(session->value));
        }
        return SessionText{
            .id = {},
            .created_at = session->signed_at,
            .last_seen_at = session->signed_at,
            .content = std::move(session->value),
        };
    }

 private:
    static constexpr bool is_flask = std::same_as<Format, cookies::FlaskSession>;

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
