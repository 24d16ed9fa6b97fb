// SPDX-License-Identifier: Apache-2.0
#include "cardea/fetch/client.h"
#include "cardea/oauth/client.h"

#include <boost/asio/co_spawn.hpp>

#include <iostream>
#include <tuple>

namespace oauth = cardea::oauth;

// [routes]
/// GET /login/github: the answer is 303 to what this returns.
cardea::Task<cardea::Result<std::string>> begin(oauth::Client& github, std::string browser) {
    oauth::AuthorizationOptions options;
    options.next = "/dashboard";
    co_return co_await github.begin_authorization(std::move(options), std::move(browser));
}

/// GET /login/github/callback?...: the query as it came. On success, sign the person in by your own session.
cardea::Task<bool> finish(oauth::Client& github, std::string query, std::string browser) {
    auto signed_in = co_await github.finish_authorization(std::move(query), std::move(browser));
    if (!signed_in) {
        std::cout << "refused, " << name(signed_in.error().code) << ": " << signed_in.error().context << "\n";
        co_return false;
    }
    const oauth::Identity& person = signed_in->identity;
    std::cout << person.issuer << " knows them as " << person.subject << ", next is " << signed_in->next
              << "\n";
    co_return true;
}
// [/routes]

// [keys]
/// For an API that takes tokens of a provider: the keys are fetched when they are needed, and kept.
cardea::Task<cardea::Result<cardea::jose::VerifiedClaims>> verify(
    oauth::RemoteKeySet& keys, const cardea::jose::JwtVerifier& verifier, std::string token, cardea::Time now
) {
    auto unverified = cardea::jose::UnverifiedJwt::parse(token);
    if (!unverified) {
        co_return cardea::propagate(unverified);
    }
    const cardea::jose::KeyQuery query{unverified->algorithm(), unverified->kid()};
    cardea::Result<> ready = co_await keys.prepare(query);  // may fetch; one caller does, the others wait
    if (!ready) {
        co_return cardea::propagate(ready);
    }
    co_return verifier.verify(*unverified, now);  // never fetches
}
// [/keys]

/// The URL that a browser is sent to; what somebody else does with it is refused.
cardea::Task<> show(oauth::Client& github, bool& is_shown) {
    const cardea::Result<std::string> url = co_await begin(github, "random value in the session of Ada");
    if (!url) {
        std::cout << url.error().context << "\n";
        co_return;
    }
    std::cout << url->substr(0, url->find("&state=")) << " ...\n";
    const std::size_t state = url->find("state=");
    std::string query = "code=stolen&" + url->substr(state, url->find('&', state) - state);
    const bool was_fooled = co_await finish(github, std::move(query), "random value in the session of Eve");
    is_shown = !was_fooled;
}

int main() {
    cardea::SystemRandom random;
    cardea::SystemClock clock;
    const auto root_secret = cardea::crypto::Keyring::make_secret(random);
    const auto keyring = cardea::crypto::Keyring::parse(root_secret.expose());
    cardea::fetch::Client http;

    // [client]
    // Once for each provider: google(), gitlab(), or openid_provider("https://your.issuer", ...) alike.
    oauth::Registration registration;
    registration.client_id = "Iv1.8a61f9b3a7aba766";
    registration.client_secret = cardea::SecretText("from the environment");
    registration.redirect_uri = "https://app.example/login/github/callback";
    const auto github = oauth::Client::make(
        oauth::github(std::move(registration)),
        {.http = http, .keyring = *keyring, .clock = clock, .random = random}
    );
    if (!github) {
        std::cerr << github.error().context << "\n";  // says what to set
        return 1;
    }
    // [/client]

    bool is_shown = false;
    boost::asio::io_context context(1);
    const auto report = [](std::exception_ptr failure) { std::ignore = failure; };
    boost::asio::co_spawn(context, show(**github, is_shown), report);
    context.run();
    return is_shown ? 0 : 1;
}
