// SPDX-License-Identifier: Apache-2.0
// How often somebody may ask: one limit for the whole program, others in front of single routes. What a limit
// does not understand does not start.
//
//     ./rate_limits --listen 127.0.0.1:8000
//     for i in $(seq 11); do curl -i -X POST localhost:8000/login; done
//
// Behind a proxy, clients are told apart with --proxy-trust 127.0.0.1 --proxy-header X-Forwarded-For.
#include "cardea/cardea.h"

using namespace cardea;

namespace {

Json login() {
    return json_object({{"message", "Login successful"}});
}

Json token(Request& request) {
    return json_object({{"path", request.path()}});
}

}  // namespace

int main() {
    App app;
    app.use(limit("1000/hour"));
    app.post("/login", limit("10/minute"), login);
    app.post("/token", limit("5/minute"), token);
    return app.run();
}
