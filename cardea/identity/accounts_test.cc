// SPDX-License-Identifier: Apache-2.0
#include "cardea/identity/accounts.h"

#include "cardea/web/app.h"
#include "cardea/web/guard.h"
#include "tests/support/app_client.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace cardea::identity {
namespace {

using http::Status;

TEST(Accounts, see_other_scopes_once_they_are_told) {
    const testing::TemporaryFolder folder;
    std::vector<std::string> scopes;
    AccountsOptions options{.secret = SecretText(testing::app_secret), .data = folder.path() / "data"};
    options.registration = account::RegistrationMode::open;
    options.passwords = {.hashing = {.argon2 = {.memory_kib = 8, .iterations = 1}}, .threads = 1};
    options.scopes = [&scopes](const account::AccountRecord&) { return scopes; };
    const std::shared_ptr<Accounts> people = accounts(std::move(options));
    web::App app;
    app.use(people);
    app.get("/write", web::requires_scopes("write"), [] { return "written"; });
    ASSERT_TRUE(app.start());
    testing::AppClient client(app);
    const std::string ada = R"({"email":"ada@example.com","password":"tangerine parasol 42"})";
    ASSERT_EQ(client.post_json("/api/v1/register", ada).status(), Status::created);
    ASSERT_EQ(client.post_json("/api/v1/login", ada).status(), Status::ok);
    const Status before = client.get("/write").status();
    scopes = {"write"};

    const Status untold = client.get("/write").status();
    people->scopes_changed(testing::run(people->system().services().account_rows.list({})).value().front().id
    );
    const Status told = client.get("/write").status();

    EXPECT_EQ(before, Status::forbidden);
    EXPECT_EQ(untold, Status::forbidden);
    EXPECT_EQ(told, Status::ok);
}

}  // namespace
}  // namespace cardea::identity
