// SPDX-License-Identifier: Apache-2.0
// A damaged file gives errors, never an abort, an exception or a hang.
#include "cardea/base/assert.h"
#include "cardea/base/random.h"
#include "cardea/stores/sqlite_stores.h"
#include "tests/support/run_task.h"
#include "tests/support/temporary_folder.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <tuple>

namespace cardea::testing {

namespace {

constexpr std::uint8_t rows = 100;

account::AccountRecord an_account(std::uint8_t number) {
    account::AccountRecord record;
    record.id = AccountId({1, number});
    record.username = record.username_key = "user" + std::to_string(number);
    record.password_hash = std::string(100, 'h');
    return record;
}

session::SessionRecord a_session(std::uint8_t number) {
    session::SessionRecord record;
    record.id = SessionId({2, number});
    record.account = AccountId({1, number});
    record.token_hash = {3, number};
    record.user_agent = std::string(200, 'u');
    return record;
}

void fill(const std::filesystem::path& file) {
    const Result<stores::SqliteStores> stores = stores::open_sqlite(file);
    CARDEA_ASSERT(stores.has_value());
    for (std::uint8_t number = 0; number < rows; ++number) {
        CARDEA_ASSERT(run(stores->accounts->insert(an_account(number), {})).has_value());
        CARDEA_ASSERT(run(stores->sessions->insert(a_session(number), {})).has_value());
    }
}

void damage(std::string& text, Random& random) {
    for (int i = 0; i < 30; ++i) {
        const auto bytes = random.bytes<5>();
        const std::size_t place = std::size_t{bytes[0]} << 16 | std::size_t{bytes[1]} << 8 | bytes[2];
        // Beyond the header's first bytes: without them it is no database at all, which has its own test.
        text[100 + place % (text.size() - 100)] = static_cast<char>(bytes[3]);
    }
}

/// Whether anything was noticed.
bool use_everything(const stores::SqliteStores& stores) {
    bool is_noticed = false;
    for (std::uint8_t number = 0; number < rows; ++number) {
        is_noticed |= !run(stores.accounts->find(an_account(number).id));
        is_noticed |= !run(stores.accounts->find_by_username(an_account(number).username_key));
        is_noticed |= !run(stores.sessions->find(a_session(number).token_hash));
        is_noticed |= !run(stores.sessions->list(a_session(number).account));
        is_noticed |= !run(stores.accounts->update(an_account(number), 0, {}));
        is_noticed |= !run(stores.accounts->remove(an_account(number).id));
    }
    is_noticed |= !run(stores.accounts->list(account::Page()));
    is_noticed |= !run(stores.audit->head());
    const auto problems = run(stores.database->check(sql::CheckDepth::full));
    return is_noticed || !problems || !problems->empty();
}

}  // namespace

TEST(Corruption, is_answered_whatever_the_damage) {
    const TemporaryFolder folder;
    const std::filesystem::path file = folder.path() / "cardea.db";
    fill(file);
    std::ifstream in(file, std::ios::binary);
    const std::string whole((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    FakeRandom random;

    int noticed = 0;
    for (int attempt = 0; attempt < 20; ++attempt) {
        std::string text = whole;
        damage(text, random);
        const TemporaryFolder damaged;
        write_file(damaged.path() / "cardea.db", text);
        const Result<stores::SqliteStores> stores = stores::open_sqlite(damaged.path() / "cardea.db");
        noticed += !stores || use_everything(*stores) ? 1 : 0;
    }

    EXPECT_GT(noticed, 10);
}

}  // namespace cardea::testing
