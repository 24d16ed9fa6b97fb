// SPDX-License-Identifier: Apache-2.0
// A small API behind bearer tokens, on somebody else's web server (Debian's cpp-httplib): no server of
// Cardea's is needed, only cardea::jose.
//
//     jwt_with_httplib KEYS PORT      KEYS is the JWK Set of who issues the tokens
//
//     cardea jwk new --alg ES256 >key.json && cardea jwk show --key key.json >keys.json
//     jwt_with_httplib keys.json 8080 &
//     echo '{"sub":"ada","exp":4000000000}' |
//         cardea jwt sign --key key.json --iss https://id.example --aud orders
//     curl -H "Authorization: Bearer TOKEN" http://localhost:8080/orders
#include "cardea/base/json_writer.h"
#include "cardea/jose/jwt.h"

#include <fstream>
#include <httplib.h>
#include <iostream>
#include <sstream>

namespace jose = cardea::jose;

namespace {

/// The token of the one Authorization header; empty when there is none, or more than one.
std::string bearer_token(const httplib::Request& request) {
    constexpr std::string_view scheme = "Bearer ";
    const std::string header = request.get_header_value("Authorization");
    const bool is_one = request.get_header_value_count("Authorization") == 1;
    return is_one && header.starts_with(scheme) ? header.substr(scheme.size()) : std::string();
}

/// RFC 6750 section 3: why is for our log, the client hears only that it was not enough.
void refuse(httplib::Response& response, const std::string& why) {
    std::cerr << "refused: " << why << "\n";
    response.status = 401;
    response.set_header("WWW-Authenticate", R"(Bearer error="invalid_token")");
    response.set_content(R"({"title":"Unauthorized","status":401})", "application/problem+json");
}

jose::KeySet read_keys(const char* path) {
    std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    const auto json = cardea::parse_json(text.str()).value();
    const bool is_set = json.find("keys") != nullptr;
    const auto set =
        is_set ? jose::JwkSet::from_json(json).value() : jose::JwkSet({jose::Jwk::from_json(json).value()});
    return jose::KeySet::make(set, jose::JwsAlgorithm::es256);
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 3) {
        std::cerr << "usage: jwt_with_httplib KEYS PORT\n";
        return 2;
    }
    const cardea::SystemClock clock;
    const jose::KeySet keys = read_keys(arguments[1]);
    const jose::JwtVerifier verifier(
        keys,
        {.algorithms = jose::JwsAlgorithm::es256,
         .issuer = jose::Accepted::only("https://id.example"),
         .audience = jose::Accepted::only("orders")}
    );

    httplib::Server server;
    server.set_keep_alive_max_count(1);  // it leaves the body of a GET, which would be the next request
    server.Get("/orders", [&](const httplib::Request& request, httplib::Response& response) {
        const auto claims = verifier.verify(bearer_token(request), clock.now());
        if (!claims) {
            return refuse(response, claims.error().context);
        }
        std::string body;
        cardea::JsonWriter(body)
            .begin_object()
            .member("orders_of", claims->subject())
            .key("orders")
            .begin_array()
            .end_array()
            .end_object();
        response.set_content(body, "application/json");
    });
    std::cout << "listening\n" << std::flush;
    return server.listen("127.0.0.1", std::atoi(arguments[2])) ? 0 : 1;
}
