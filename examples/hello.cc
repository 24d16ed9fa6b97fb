// SPDX-License-Identifier: Apache-2.0
// The smallest program: it greets whoever asks.
#include "cardea/cardea.h"

int main() {
    cardea::App app;
    app.get("/", [] { return "Hello"; });
    return app.run();
}
