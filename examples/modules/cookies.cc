// SPDX-License-Identifier: Apache-2.0
#include "cardea/cookies/flask.h"
#include "cardea/cookies/flask_wtf.h"
#include "cardea/cookies/shared_cookie.h"
#include "cardea/cookies/signed_value.h"
#include "cardea/cookies/starlette.h"

#include <iostream>

using namespace cardea;

namespace {

// [starlette]
// A Starlette or FastAPI application signed somebody in; this program reads the cookie, adds a member and
// answers with a cookie that the application reads as its own.
Result<std::string> count_visit(
    const cookies::StarletteSession& sessions,
    const cookies::SharedCookie& cookie,
    std::string_view sent,
    Time now
) {
    Result<cookies::TimedJson> session = sessions.decode(sent, now);
    if (!session) {
        return propagate(session);  // malformed, signature_invalid or expired: nobody is signed in
    }
    Json::Object members(session->value.members().begin(), session->value.members().end());
    members.push_back({"seen_by_cpp", Json(true)});
    Result<std::string> value = sessions.encode(Json(std::move(members)), now);
    return value ? cookie.set(*value, now) : propagate(value);
}
// [/starlette]

// [flask]
// A form of a Flask application is posted to this program: who is it, and did our page send it?
Result<std::string> user_of(
    const cookies::SecretKeys& secrets, std::string_view cookie, std::string_view csrf_token, Time now
) {
    Result<cookies::TimedJson> session = cookies::FlaskSession(secrets).decode(cookie, now);
    if (!session) {
        return propagate(session);
    }
    const std::string_view csrf_value = session->value.find_text("csrf_token").value_or("");
    Result<> csrf = cookies::FlaskWtfToken(secrets).verify(csrf_value, csrf_token, now);
    if (!csrf) {
        return propagate(csrf);
    }
    return std::string(session->value.find_text("user_email").value_or("nobody"));
}
// [/flask]

// [own]
// Where no Python has to read it: sealed, for one purpose, for half an hour.
Result<std::string> keep_draft(
    const crypto::Keyring& keyring, std::string_view draft, Time now, Random& random
) {
    const cookies::SealedValues drafts(keyring, "draft");
    return drafts.seal(draft, now + std::chrono::minutes(30), random);
}
// [/own]

}  // namespace

int main() {
    SystemClock clock;
    SystemRandom random;
    const Time now = clock.now();

    // The secrets that the Python application runs: the one that signs, then those that only verify.
    const std::string_view older[] = {"the secret of last year, which still verifies"};
    const auto secrets = cookies::SecretKeys::make("xK9vQ2mT7pL4wR8nB3cF6hJ1sD5gY0zA", older).value();
    if (const auto weakness = secrets.weakness()) {
        std::cerr << "warning: " << *weakness << '\n';
    }

    const cookies::StarletteSession starlette(secrets);
    const auto cookie = cookies::SharedCookie::make(
                            {.name = "session", .lifetime = cookies::StarletteSession::default_max_age},
                            cookies::SharedCookie::Dialect::starlette
    )
                            .value();
    const Json ada = parse_json(R"({"user_id": 42})").value();
    const auto line = count_visit(starlette, cookie, starlette.encode(ada, now).value(), now);
    std::cout << "Set-Cookie: " << line.value() << '\n';

    const cookies::FlaskWtfToken csrf(secrets);
    const Json grace = parse_json(R"({"user_email": "grace@example.com", "csrf_token": "5eed"})").value();
    const std::string flask_cookie = cookies::FlaskSession(secrets).encode(grace, now).value();
    const auto user = user_of(secrets, flask_cookie, csrf.make("5eed", now), now);
    const auto stranger = user_of(secrets, flask_cookie, csrf.make("another session", now), now);
    std::cout << user.value() << " is signed in\n";

    const auto keyring = crypto::Keyring::parse(crypto::Keyring::make_secret(random).expose()).value();
    const std::string sealed = keep_draft(keyring, "Dear diary", now, random).value();
    const auto draft = cookies::SealedValues(keyring, "draft").open(sealed, now);

    const bool is_right = line->starts_with("session=") && user.value() == "grace@example.com" && !stranger &&
                          draft.value().payload.expose() == "Dear diary";
    return is_right ? 0 : 1;
}
