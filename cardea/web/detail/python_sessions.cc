// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/detail/python_sessions.h"

#include "cardea/cookies/flask.h"
#include "cardea/cookies/starlette.h"

#include <utility>

namespace cardea::web {
namespace {

/// `Format` is cookies::StarletteSession or cookies::FlaskSession.
template <class Format>
class PythonCodec final : public SessionCodec {
 public:
    explicit PythonCodec(const cookies::SecretKeys& secrets) : format_(secrets) {}

    [[nodiscard]] Result<std::string> write(const SessionText& session, Random& /*random*/) const override {
        return format_.encode(session.content, session.last_seen_at);
    }

    [[nodiscard]] Result<SessionText> read(std::string_view text, Time now) const override {
        // How old it may be is decided where that is decided for all sessions; from the future it is not.
        Result<cookies::TimedJson> session = format_.decode(text, now, std::chrono::years(10));
        if (!session) {
            return propagate(session);
        }
        return SessionText{
            .id = {},
            .created_at = session->signed_at,
            .last_seen_at = session->signed_at,
            .content = std::move(session->value),
        };
    }

 private:
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
