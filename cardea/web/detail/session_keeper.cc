// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/detail/session_keeper.h"

#include "cardea/web/detail/python_sessions.h"

namespace cardea::web {
namespace {

session::Lifetime lifetime_of(const SessionSettings& settings) {
    if (settings.format != SessionFormat::cardea) {  // which knows the last change and no beginning
        const Duration age = settings.idle.value_or(usual_age(settings.format));
        return {age, age};
    }
    const session::Lifetime usual = session::SessionPolicy().lifetime(settings.persistence);
    return {settings.idle.value_or(usual.idle), settings.absolute.value_or(usual.absolute)};
}

/// What cannot be kept where Python reads the cookie too.
Result<> check_format(const SessionSettings& settings) {
    if (settings.format == SessionFormat::cardea) {
        return {};
    }
    if (settings.store) {
        return fail(Errc::config, "sessions: a .format is for sessions in the cookie: leave .store out");
    }
    if (settings.absolute) {
        return fail(
            Errc::config,
            "sessions: with a .format the cookie does not say when a session began: leave .absolute out; "
            ".idle ends it that long after its last change"
        );
    }
    return {};
}

}  // namespace

Result<http::CookieWriter> SessionKeeper::make_cookie(bool https) const {
    if (!settings_.domain.empty() && !https) {
        return fail(Errc::invalid, "a cookie with a domain needs https");
    }
    if (https && settings_.format != SessionFormat::cardea) {
        return http::CookieWriter::for_peer(settings_.cookie_name, settings_.domain, settings_.same_site);
    }
    if (!settings_.domain.empty()) {
        return http::CookieWriter::for_domain(settings_.cookie_name, settings_.domain, settings_.same_site);
    }
    return https ? http::CookieWriter::for_host(settings_.cookie_name, settings_.same_site)
                 : http::CookieWriter::for_localhost(settings_.cookie_name, settings_.same_site);
}

Result<> SessionKeeper::start(Setup& setup) {
    Result<crypto::Keyring> keyring = settings_.secret.keyring();
    if (!keyring) {
        return propagate(keyring);
    }
    if (Result<> kept = check_format(settings_); !kept) {
        return kept;
    }
    lifetime_ = lifetime_of(settings_);
    if (Result<> sound = session::check_policy({lifetime_, lifetime_}); !sound) {
        return fail(Errc::config, "sessions: " + sound.error().context);
    }
    Result<http::CookieWriter> cookie = make_cookie(setup.origin.is_https());
    if (!cookie) {
        return fail(Errc::config, "sessions: " + cookie.error().context);
    }
    keyring_ = std::move(*keyring);
    cookie_ = std::move(*cookie);
    clock_ = &setup.clock;
    random_ = &setup.random;
    setup.keyring = &*keyring_;
    return {};
}

std::vector<SecurityScheme> SessionKeeper::security_schemes() const {
    return {{"session", R"({"type":"apiKey","in":"cookie","name":")" + cookie_->name() + "\"}"}};
}

void SessionKeeper::after(Request& request, http::Response& response) {
    if (request.has_session() && request.session().was_read()) {
        response.add_header("Vary", "Cookie");
    }
}

std::string_view SessionKeeper::cookie_value(Request& request) const {
    const Result<std::optional<std::string_view>> value = request.cookie(cookie_->name());
    if (!value && value.error().code == Errc::ambiguous_credentials) {
        request.credential_error(value.error());
    }
    return value ? value->value_or(std::string_view()) : std::string_view();
}

Result<> SessionKeeper::set_cookie(http::Response& response, std::string_view value, Time created_at) const {
    std::optional<std::chrono::seconds> max_age;
    if (settings_.persistence == session::Persistence::persistent) {
        max_age = std::chrono::duration_cast<std::chrono::seconds>(created_at + lifetime_.absolute - now());
    }
    const Result<std::string> line = cookie_->set(value, max_age);
    if (!line) {
        return fail(line.error().code, "the session cookie");
    }
    response.add_header("Set-Cookie", *line);
    return {};
}

void SessionKeeper::clear_cookie(http::Response& response) const {
    response.add_header("Set-Cookie", cookie_->clear());
}

}  // namespace cardea::web
