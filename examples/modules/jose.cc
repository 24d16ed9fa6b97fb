// SPDX-License-Identifier: Apache-2.0
#include "cardea/jose/jws.h"
#include "cardea/jose/jwt.h"

#include <iostream>

namespace jose = cardea::jose;

int main() {
    cardea::SystemRandom random;
    cardea::SystemClock clock;
    using std::chrono::minutes;

    // [keys]
    // Once: a key that says which algorithm it is for. Keep all of it secret, publish its public part.
    const jose::Jwk jwk = jose::generate_key(jose::JwsAlgorithm::es256, random);
    const auto key = jose::SigningKey::make(jwk);
    const std::string published = jose::JwkSet({jwk}).to_json();
    // [/keys]
    if (!key) {
        return 1;
    }

    // [sign]
    const auto claims = jose::Claims()
                            .issuer("https://id.example")
                            .subject("ada")
                            .audience("https://api.example")
                            .issued_at(clock.now())
                            .expires_at(clock.now() + minutes(15))
                            .set("scope", cardea::Json(std::string("orders:read")));
    const auto token = jose::sign_jwt(*key, claims);
    // [/sign]
    if (!token) {
        return 1;
    }

    // [verify]
    // At the start: whose tokens, signed how, for whom. None of the three has a default.
    const auto set = jose::JwkSet::parse(published);
    const jose::KeySet keys = jose::KeySet::make(*set, jose::JwsAlgorithm::es256);
    const jose::JwtVerifier verifier(
        keys,
        {.algorithms = jose::JwsAlgorithm::es256,
         .issuer = jose::Accepted::only("https://id.example"),
         .audience = jose::Accepted::only("https://api.example")}
    );

    // For each request, on any thread.
    const auto verified = verifier.verify(*token, clock.now());
    if (!verified) {
        std::cerr << verified.error().context << "\n";  // for the log; the client gets a 401 and no more
        return 1;
    }
    std::cout << *verified->subject() << " may " << *verified->find("scope")->as_text() << "\n";
    // [/verify]

    // [detached]
    // A signature beside a body, as for webhooks: the body goes out as it is (RFC 7797).
    const std::string body = R"({"event":"order.paid"})";
    const auto signature =
        jose::sign_compact(*key, cardea::as_bytes(body), {.payload = jose::PayloadForm::detached_unencoded});
    const jose::JwsVerifier webhooks(keys, jose::JwsAlgorithm::es256);
    const auto received = webhooks.verify_compact(*signature, cardea::as_bytes(body));
    // [/detached]

    const bool expires = !verifier.verify(*token, clock.now() + minutes(15));
    const bool is_bound = !webhooks.verify_compact(*signature, cardea::as_bytes("another body"));
    return received && expires && is_bound ? 0 : 1;
}
