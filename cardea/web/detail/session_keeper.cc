// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/detail/session_keeper.h"

#include "cardea/web/detail/python_sessions.h"
#include "cardea/web/detail/request_access.h"
#include "cardea/web/detail/session_access.h"

namespace cardea::web {
namespace {

using detail::RequestAccess;
using detail::SessionAccess;

session::Lifetime lifetime_of(const SessionOptions& options) {
    if (options.format != SessionFormat::cardea) {  // which knows the last change and no beginning
        const Duration age = options.idle.value_or(usual_age(options.format));
        return {age, age};
    }
    const session::Lifetime usual = session::SessionPolicy().lifetime(options.persistence);
    return {options.idle.value_or(usual.idle), options.absolute.value_or(usual.absolute)};
}

/// What cannot be kept where Python reads the cookie too.
Result<> check_format(const SessionOptions& options) {
    if (options.format == SessionFormat::cardea) {
        return {};
    }
    if (options.store) {
        return fail(Errc::config, "sessions: a .format is for sessions in the cookie: leave .store out");
    }
    if (options.absolute) {
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
    if (!options_.domain.empty() && !https) {
        return fail(Errc::invalid, "a cookie with a domain needs https");
    }
    if (https && options_.format != SessionFormat::cardea) {
        return http::CookieWriter::for_peer(options_.cookie_name, options_.domain, options_.same_site);
    }
    if (!options_.domain.empty()) {
        return http::CookieWriter::for_domain(options_.cookie_name, options_.domain, options_.same_site);
    }
    return https ? http::CookieWriter::for_host(options_.cookie_name, options_.same_site)
                 : http::CookieWriter::for_localhost(options_.cookie_name, options_.same_site);
}

Result<> SessionKeeper::start(Setup& setup) {
    Result<crypto::Keyring> keyring = options_.secret.keyring();
    if (!keyring) {
        return propagate(keyring);
    }
    if (Result<> kept = check_format(options_); !kept) {
        return kept;
    }
    lifetime_ = lifetime_of(options_);
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
    if (RequestAccess::find_session(request) != nullptr && SessionAccess::was_read(request.session())) {
        response.add_header("Vary", "Cookie");
    }
}

std::string_view SessionKeeper::cookie_value(Request& request) const {
    const Result<std::optional<std::string_view>> value = request.cookie(cookie_->name());
    if (!value && value.error().code == Errc::ambiguous_credentials) {
        RequestAccess::fail_credential(request, value.error());
    }
    return value ? value->value_or(std::string_view()) : std::string_view();
}

Result<> SessionKeeper::set_cookie(http::Response& response, std::string_view value, Time created_at) const {
    std::optional<std::chrono::seconds> max_age;
    if (options_.persistence == session::Persistence::persistent) {
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
