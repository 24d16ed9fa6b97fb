// SPDX-License-Identifier: Apache-2.0
// Puts accounts into a data folder through the stores, as if they had registered; nobody can sign in to them.
//
//     fill_accounts FOLDER COUNT
#include "cardea/base/clock.h"
#include "cardea/base/random.h"
#include "cardea/stores/sqlite_stores.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <string>
#include <utility>

namespace {

using cardea::Result;
using cardea::account::AccountRecord;

AccountRecord make_account(long number) {
    cardea::SystemRandom random;
    AccountRecord record;
    record.id = cardea::AccountId::make(random);
    record.email = record.email_key = "person" + std::to_string(number) + "@example.com";
    record.name = "Person " + std::to_string(number);
    record.password_hash =
        "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    record.created_at = record.password_changed_at = cardea::SystemClock().now();
    return record;
}

cardea::Task<> insert(cardea::account::AccountStore& accounts, long number, bool& failed) {
    AccountRecord record = make_account(number);
    std::vector<cardea::OneTimeUse> nothing;
    Result<> inserted = co_await accounts.insert(std::move(record), std::move(nothing));
    failed = failed || !inserted;
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 3) {
        std::fprintf(stderr, "usage: fill_accounts FOLDER COUNT\n");
        return 2;
    }
    Result<cardea::stores::SqliteStores> stores =
        cardea::stores::open_sqlite(std::filesystem::path(arguments[1]) / "cardea.db");
    if (!stores) {
        std::fprintf(stderr, "fill_accounts: %s\n", stores.error().context.c_str());
        return 1;
    }
    const long wanted = std::atol(arguments[2]);
    constexpr long at_once = 500;
    bool failed = false;
    for (long done = 0; done < wanted && !failed; done += at_once) {
        boost::asio::io_context context(1);
        for (long number = done; number < std::min(done + at_once, wanted); ++number) {
            boost::asio::co_spawn(context, insert(*stores->accounts, number, failed), [](std::exception_ptr) {
            });
        }
        context.run();
    }
    return failed ? 1 : 0;
}
