// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/oauth/client.h"
#include "cardea/web/middleware.h"
#include "cardea/web/request.h"

#include <memory>
#include <string>

namespace cardea::web {

/// "Sign in with ..." for an App, by one provider:
///
///     SignInWith google(oauth::google({id, secret, "/auth"}), network);        // the App's own /auth
///     app.use(google.middleware());
///     app.get("/login", ...);     // co_await google.begin(request): the answer that sends the browser there
///     app.get("/auth", ...);      // co_await google.finish(request): who came back
///
/// A cookie of its own (`__Host-sign-in`) names the browser meanwhile, so that nobody finishes in one what
/// was begun in another; it says nothing of the person, and no session is needed. Thread-safe once the App
/// has started; before that, begin() and finish() throw std::logic_error.
class SignInWith {
 public:
    /// A redirect URI that begins with "/" is a path of the App. `network` outlives this, such as a
    /// fetch::Client.
    SignInWith(oauth::ProviderOptions options, http::Client& network);

    /// For App::use(): takes the keys of the App's sessions. What is wrong with the options ends the start
    /// with a sentence.
    [[nodiscard]] std::unique_ptr<Middleware> middleware() const;

    /// Sends the browser to the provider (303), or refuses (503 when the provider cannot be reached). `next`
    /// of the query is where the person goes afterwards, if it is a path of the App.
    [[nodiscard]] Task<http::Response> begin(Request& request) const;
    /// The same with options; `options.next` is the program's word.
    [[nodiscard]] Task<http::Response> begin(Request& request, oauth::AuthorizationOptions options) const;

    /// Who came back to the redirect URI, after every check; the errors of
    /// oauth::Client::finish_authorization. Answer with `request.refuse(signed_in.error())`, or sign the
    /// person in.
    [[nodiscard]] Task<Result<oauth::SignedIn>> finish(Request& request) const;

    /// For refresh() and end_session_url().
    [[nodiscard]] oauth::Client& client() const;

 private:
    struct State;
    class AtStart;

    [[nodiscard]] State& started() const;

    std::shared_ptr<State> state_;
};

}  // namespace cardea::web
