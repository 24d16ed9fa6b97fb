// SPDX-License-Identifier: Apache-2.0
// Sign in by another provider: Google, or any OpenID provider by its issuer.
//
//     export SECRET_KEY=$(openssl rand -hex 32)
//     export CLIENT_ID=... CLIENT_SECRET=...          # from registering there, with the redirect URI below
//     ./sign_in_with --listen 127.0.0.1:8000
//
// then open http://localhost:8000/login. ISSUER names another provider than Google, REDIRECT_URI another
// place than http://localhost:8000/auth.
#include "cardea/base/base64url.h"
#include "cardea/cardea.h"
#include "cardea/fetch/client.h"
#include "cardea/oauth/client.h"

#include <iostream>

using namespace cardea;

namespace {

SystemClock clock_of_machine;
SystemRandom random_of_machine;
std::unique_ptr<oauth::Client> provider;

/// A name for this browser, so that nobody finishes here what was begun elsewhere.
std::string browser_of(Session& session) {
    if (!session.has("browser")) {
        session.set("browser", base64url_encode(random_of_machine.bytes<16>()));
    }
    return session.get<std::string>("browser").value_or("");
}

Task<Response> login(Request& request) {
    oauth::AuthorizationWish wish;
    const auto& query = request.query();
    wish.next = safe_next(query ? query->text("next") : "");
    std::string browser = browser_of(request.session());
    const Result<std::string> url =
        co_await provider->begin_authorization(std::move(wish), std::move(browser));
    if (!url) {
        co_return request.refuse(Problem(url.error()));
    }
    co_return redirect_to(*url);
}

Task<Response> auth(Request& request) {
    std::string query(request.http().query);
    std::string browser = browser_of(request.session());
    const auto signed_in = co_await provider->finish_authorization(std::move(query), browser);
    if (!signed_in) {
        co_return request.refuse(Problem(signed_in.error()));
    }
    // Issuer and subject name the person for ever; an address may be somebody else's tomorrow.
    const oauth::Identity& person = signed_in->identity;
    request.session().sign_in({.id = person.issuer + " " + person.subject, .name = person.email, .scopes = {}}
    );
    request.session().set("browser", browser);  // other tabs may still be at the provider
    co_return redirect_to(signed_in->next);
}

html::Node home(Request& request, const User& user) {
    return html::form(
        {.action = "/logout", .method = "post"},
        csrf_field(request),
        "Hello, ",
        user.name,
        " (",
        user.id,
        "). ",
        html::button({.type = "submit"}, "Logout")
    );
}

Response logout(Session& session) {
    session.sign_out();
    return redirect_to("/signed-out");
}

Task<Response> signed_out(Request&) {
    const Result<std::string> url = co_await provider->end_session_url("");
    co_return Response(html::p(
        "You are signed out here. ", html::a({.href = url ? *url : "/"}, url ? "Sign out there too" : "Home")
    ));
}

oauth::ProviderSettings provider_settings() {
    oauth::Registration registration;
    registration.client_id = env("CLIENT_ID").expose();
    registration.client_secret = SecretText(env("CLIENT_SECRET").expose());
    registration.redirect_uri = env("REDIRECT_URI").value_or("http://localhost:8000/auth");
    return env("ISSUER").is_set()
               ? oauth::openid_provider(env("ISSUER").value_or(""), std::move(registration))
               : oauth::google(std::move(registration));
}

/// While developing, the provider may run on this machine.
fetch::ClientOptions network_for(const oauth::ProviderSettings& settings) {
    fetch::ClientOptions options;
    const auto issuer = http::parse_url(settings.issuer);
    if (issuer && issuer->is_loopback()) {
        options.allowed_networks.push_back(http::parse_network("127.0.0.0/8").value());
    }
    return options;
}

}  // namespace

int main() {
    const Result<crypto::Keyring> keyring = web::Secrets(env("SECRET_KEY")).keyring();
    if (!keyring) {
        std::cerr << keyring.error().context << "\n";
        return 2;
    }
    oauth::ProviderSettings settings = provider_settings();
    fetch::Client network(network_for(settings));
    auto made =
        oauth::Client::make(std::move(settings), {network, *keyring, clock_of_machine, random_of_machine});
    if (!made) {
        std::cerr << made.error().context << "\n";
        return 2;
    }
    provider = std::move(*made);

    App app;
    app.use(sessions({.secret = env("SECRET_KEY")}));
    app.get("/login", login);
    app.get("/auth", auth);
    app.get("/", requires_scopes("authenticated", {.redirect = "/login"}), home);
    app.post("/logout", logout);
    app.get("/signed-out", signed_out);
    return app.run();
}
