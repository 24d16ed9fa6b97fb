// SPDX-License-Identifier: Apache-2.0
// The program that the store crash test kills: many workers register accounts, sign in, rotate and revoke
// sessions and delete accounts through the stores, and say on standard output what was answered (ledger.h).
//
//     store_load FOLDER plain|lossy full|off SEED
#include "cardea/base/hex.h"
#include "cardea/base/random.h"
#include "cardea/stores/sqlite_stores.h"
#include "tests/crash/lossy_vfs.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include <cstdio>
#include <cstdlib>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <unistd.h>
#include <utility>
#include <vector>

namespace {

using cardea::AccountId;
using cardea::Errc;
using cardea::OneTimeUse;
using cardea::Result;
using cardea::SessionId;
using cardea::Task;
using cardea::Time;
using cardea::account::AccountRecord;
using cardea::session::SessionRecord;
using cardea::session::TokenHash;
using cardea::stores::SqliteStores;

constexpr int workers = 32;
constexpr Time now = Time(std::chrono::seconds(1'800'000'000));

// One write(2) per line: what came out before the kill is whole lines, in the order of the answers.
void say(char what, const std::string& text) {
    const std::string line = what + (' ' + text) + '\n';
    std::ignore = ::write(STDOUT_FILENO, line.data(), line.size());
}

template <class T>
void check(const Result<T>& result) {
    if (!result) {
        say('!', result.error().context);
    }
}

std::string key(AccountId id) {
    return 'a' + id.to_string();
}
std::string key(const TokenHash& hash) {
    return 's' + cardea::hex_encode(hash);
}

/// One person after another, with a few sessions each.
class Worker {
 public:
    Worker(SqliteStores& stores, std::uint64_t seed) : stores_(stores), random_(seed) {}

    Task<> work() {
        while (true) {
            co_await register_account();
            const int sessions = 1 + dice(4);
            for (int i = 0; i < sessions; ++i) {
                co_await sign_in();
            }
            co_await consume();
            co_await change_password();
            co_await end_sessions();
        }
    }

 private:
    int dice(int sides) { return random_.bytes<1>()[0] % sides; }

    Task<> register_account() {
        account_ = AccountRecord();
        account_.id = AccountId::make(random_);
        account_.username = account_.username_key = account_.id.to_string();
        tokens_.clear();
        names_.clear();
        std::vector<OneTimeUse> nothing;
        const auto done = co_await stores_.accounts->insert(account_, std::move(nothing));
        check(done);
        say('+', key(account_.id));
    }

    /// Every second time over the session before, which ends with it.
    Task<> sign_in() {
        SessionRecord record;
        record.id = SessionId::make(random_);
        record.token_hash = random_.bytes<32>();
        record.account = account_.id;
        record.created_at = record.last_seen_at = now;
        record.idle = std::chrono::hours(1);
        record.expires_at = now + std::chrono::hours(24);
        const TokenHash token = record.token_hash;
        names_[token] = record.id;
        std::optional<TokenHash> replaced;
        cardea::session::Insertion also;
        if (!tokens_.empty() && dice(2) == 0) {
            also.replaces = cardea::session::SessionName{account_.id, names_.at(tokens_.back())};
            replaced = tokens_.back();
            say('?', key(*replaced));
            tokens_.pop_back();
        }
        const auto done = co_await stores_.sessions->insert(std::move(record), also);
        check(done);
        say('+', key(token));
        tokens_.push_back(token);
        if (replaced) {
            say('-', key(*replaced));
        }
    }

    Task<> consume() {
        const auto hash = random_.bytes<32>();
        const auto done = co_await stores_.one_time->consume(hash, now);
        check(done);
        say('+', 'o' + cardea::hex_encode(hash));
    }

    Task<> change_password() {
        account_.password_hash = "changed";
        const auto done = co_await stores_.accounts->update(account_, account_.version, std::nullopt);
        check(done);
    }

    Task<> end_sessions() {
        const int way = dice(4);
        if (way == 0) {
            co_await delete_account();
        } else if (way == 1) {
            co_await revoke_all();
        } else {
            co_await revoke_one();
        }
    }

    Task<> revoke_one() {
        const TokenHash token = tokens_.back();
        say('?', key(token));
        const auto done = co_await stores_.sessions->remove_token(token);
        check(done);
        say('-', key(token));
    }

    Task<> revoke_all() {
        say_of_tokens('?');
        const auto done = co_await stores_.sessions->remove_all(account_.id, std::nullopt);
        check(done);
        say_of_tokens('-');
    }

    Task<> delete_account() {
        say('?', key(account_.id));
        say_of_tokens('?');
        const auto done = co_await stores_.accounts->remove(account_.id);
        check(done);
        say('-', key(account_.id));
        say_of_tokens('-');
    }

    void say_of_tokens(char what) {
        for (const TokenHash& token : tokens_) {
            say(what, key(token));
        }
    }

    SqliteStores& stores_;
    cardea::FakeRandom random_;
    AccountRecord account_;
    std::vector<TokenHash> tokens_;
    std::map<TokenHash, SessionId> names_;
};

Task<> append_audit_rows(SqliteStores& stores) {
    const auto head = co_await stores.audit->head();
    check(head);
    std::int64_t sequence = head && *head ? (*head)->sequence : 0;
    while (true) {
        cardea::audit::AuditRecord record;
        record.sequence = ++sequence;
        record.event = "session.issued";
        std::vector<cardea::audit::AuditRecord> records;
        records.push_back(std::move(record));
        const auto done = co_await stores.audit->append(std::move(records), cardea::audit::Awaited::yes);
        check(done);
        say('#', std::to_string(sequence));
    }
}

void end_program(std::exception_ptr) {
    std::abort();
}  // the work has no end

}  // namespace

int main(int argc, char** argv) {
    if (argc != 5) {
        std::fputs("usage: store_load FOLDER plain|lossy full|off SEED\n", stderr);
        return 2;
    }
    cardea::testing::register_lossy_vfs();
    cardea::sql::SqliteOptions options;
    options.file = std::string(argv[1]) + "/cardea.db";
    options.vfs = argv[2] == std::string("lossy") ? cardea::testing::lossy_vfs_name : "";
    options.synchronous =
        argv[3] == std::string("off") ? cardea::sql::Synchronous::off : cardea::sql::Synchronous::full;
    boost::asio::io_context context(1);
    Result<SqliteStores> stores = cardea::stores::open_sqlite(options);
    if (!stores) {
        say('!', stores.error().context);
        return 1;
    }
    const std::uint64_t seed = std::strtoull(argv[4], nullptr, 10);
    std::vector<std::unique_ptr<Worker>> all;
    for (std::uint64_t i = 0; i < workers; ++i) {
        all.push_back(std::make_unique<Worker>(*stores, seed * workers + i));
        boost::asio::co_spawn(context, all.back()->work(), end_program);
    }
    boost::asio::co_spawn(context, append_audit_rows(*stores), end_program);
    context.run();
}
