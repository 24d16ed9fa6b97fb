// SPDX-License-Identifier: Apache-2.0
// Sign in by another provider: Google, or any OpenID provider by its issuer.
//
//     export SECRET_KEY=$(openssl rand -hex 32)
//     export CLIENT_ID=... CLIENT_SECRET=...   # from registering there, with http://localhost:8000/auth
//     ./sign_in_with --listen 127.0.0.1:8000
//
// then open http://localhost:8000. ISSUER names another provider than Google.
#include "cardea/web/sign_in_with.h"

#include "cardea/cardea.h"
#include "cardea/fetch/client.h"

using namespace cardea;

namespace {

oauth::ProviderOptions options() {
    const auto client_secret = env("CLIENT_SECRET");
    return oauth::openid_provider(
        env("ISSUER").value_or("https://accounts.google.com"),
        {.client_id = env("CLIENT_ID").value_or(""),
         .client_secret = SecretText(client_secret.expose()),
         .redirect_uri = "/auth"}
    );
}

/// Only public addresses are reached; while developing, the provider may run on this machine.
fetch::ClientOptions network_options() {
    const auto issuer = http::parse_url(options().issuer);
    const bool is_local = issuer && issuer->is_loopback();
    return is_local ? fetch::ClientOptions{.allowed_networks = {http::parse_network("127.0.0.0/8").value()}}
                    : fetch::ClientOptions();
}

fetch::Client network(network_options());
const web::SignInWith provider(options(), network);

Task<Response> auth(Request& request) {
    const Result<oauth::SignedIn> signed_in = co_await provider.finish(request);
    if (!signed_in) {
        co_return request.refuse(signed_in.error());
    }
    // Issuer and subject name the person for ever; an address may be somebody else's tomorrow.
    const oauth::Identity& person = signed_in->identity;
    request.session().sign_in({.id = person.issuer + " " + person.subject, .name = person.email, .scopes = {}}
    );
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
    const Result<std::string> url = co_await provider.client().end_session_url("");
    co_return Response(
        html::p("You are signed out here. ", html::a({.href = url.value_or("/")}, "And there?"))
    );
}

}  // namespace

int main() {
    App app;
    app.use(sessions({.secret = env("SECRET_KEY")}));
    app.use(provider.middleware());
    app.get("/login", [](Request& request) { return provider.begin(request); });
    app.get("/auth", auth);
    app.get("/", requires_scopes("authenticated", {.redirect = "/login"}), home);
    app.post("/logout", logout);
    app.get("/signed-out", signed_out);
    return app.run();
}
