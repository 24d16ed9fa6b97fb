// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/detail/cookie_sessions.h"

#include "cardea/base/json_writer.h"
#include "cardea/web/detail/python_sessions.h"
#include "cardea/web/detail/request_access.h"
#include "cardea/web/detail/session_access.h"
#include "cardea/web/route.h"

#include <span>
#include <vector>

namespace cardea::web {
namespace {

using detail::RequestAccess;
using detail::SessionAccess;
using detail::SessionChange;

SessionText text_to_write(const Session& session, SessionChange change, Time now, Random& random) {
    const FoundSession* found = change == SessionChange::begin ? nullptr : SessionAccess::found(session);
    const bool is_new = found == nullptr || change == SessionChange::rotate;
    return {
        .id = is_new ? SessionId::make(random).to_string() : found->id,
        .created_at = found != nullptr ? found->created_at : now,
        .last_seen_at = now,
        .content = SessionAccess::content(session),
        .foreign = found != nullptr ? found->foreign : Json(),
    };
}

/// What is too much is said as such; anything else is a mistake of the program.
Error unwritten(const Error& error) {
    const Errc code = error.code == Errc::too_large ? Errc::too_large : Errc::internal;
    return {code, "session data: " + error.context, {}, {}};
}

Error too_large(const Session& session) {
    const std::size_t size = to_string(SessionAccess::content(session)).size();
    return {
        Errc::too_large,
        "session data is " + std::to_string(size) +
            " bytes, and a cookie holds 4096 in all: give sessions({...}) a .store",
        {},
        {},
    };
}

}  // namespace

Result<> CookieSessions::start(Setup& setup) {
    if (Result<> started = SessionKeeper::start(setup); !started) {
        return started;
    }
    if (options().format != SessionFormat::cardea) {
        return start_python_codec();
    }
    codec_ = std::make_unique<const SessionTextCodec>(keyring(), options().protection, cookie().name());
    return {};
}

Result<> CookieSessions::start_python_codec() {
    const std::span<const SecretText> texts = options().secret.texts();
    std::vector<std::string_view> older;
    for (const SecretText& text : texts.subspan(1)) {
        older.push_back(text.expose());
    }
    Result<cookies::SecretKeys> secrets = cookies::SecretKeys::make(texts.front().expose(), older);
    if (!secrets) {
        return propagate(secrets);
    }
    codec_ = make_python_codec(options().format, *secrets);
    return {};
}

bool CookieSessions::prepare_at_once(Request& request) {
    if (request.route().is_anonymous()) {
        return true;
    }
    const std::string_view value = cookie_value(request);
    RequestAccess::set_session(
        request, value.empty() ? std::make_unique<Session>() : std::make_unique<Session>(*this, value)
    );
    return true;
}

std::optional<FoundSession> CookieSessions::find(std::string_view cookie) const {
    Result<SessionText> text = codec_->read(cookie, now());
    if (!text) {
        return std::nullopt;
    }
    const Time at = now();
    const bool is_live =
        at < text->created_at + lifetime().absolute && at - text->last_seen_at < lifetime().idle;
    if (!is_live) {
        return std::nullopt;
    }
    return FoundSession{
        .content = std::make_shared<const SessionContent>(std::move(text->content)),
        .id = std::move(text->id),
        .created_at = text->created_at,
        .last_seen_at = text->last_seen_at,
        .live = nullptr,
        .foreign = std::move(text->foreign),
    };
}

void CookieSessions::after(Request& request, http::Response& response) {
    if (RequestAccess::find_session(request) == nullptr) {
        return;
    }
    const Session& session = request.session();
    const SessionChange change = SessionAccess::change(session);
    if (change == SessionChange::end) {
        clear_cookie(response);
    } else if (change != SessionChange::none || is_due(session)) {
        write(request, response, change);
    }
    SessionKeeper::after(request, response);
}

/// Whether a session that only was read is written again, so that it does not end while it is in use. Not
/// every time: of two answers under way at once, the later one decides what the browser keeps.
bool CookieSessions::is_due(const Session& session) const {
    const FoundSession* found = SessionAccess::was_read(session) ? SessionAccess::found(session) : nullptr;
    return found != nullptr && now() - found->last_seen_at >= lifetime().idle / 4;
}

void CookieSessions::write(Request& request, http::Response& response, SessionChange change) const {
    const SessionText text = text_to_write(request.session(), change, now(), random());
    const Result<std::string> value = codec_->write(text, random());
    if (!value) {
        response = request.refuse(unwritten(value.error()));
    } else if (const Result<> set = set_cookie(response, *value, text.created_at); !set) {
        response = request.refuse(too_large(request.session()));
    }
}

}  // namespace cardea::web
