// SPDX-License-Identifier: Apache-2.0
// Data for programs that have a key. The keys are settings; of each only its SHA-256 is kept in memory.
//
//     export REPORTS_KEY=$(openssl rand -hex 32) BACKUP_KEY=$(openssl rand -hex 32)
//     ./api_keys --listen 127.0.0.1:8000
//
//     curl -H "X-API-Key: $REPORTS_KEY" http://localhost:8000/data
#include "cardea/cardea.h"

using namespace cardea;

int main() {
    const User reports{.id = "reports", .name = "Monthly reports", .scopes = {"data:read"}};
    const User backup{.id = "backup", .name = "Backup", .scopes = {}};
    App app;
    app.use(authentication(api_keys({{env("REPORTS_KEY"), reports}, {env("BACKUP_KEY"), backup}})));
    app.get("/data", requires_scopes("data:read"), [] {
        return json_object({{"data", "This is protected data"}});
    });
    return app.run();
}
