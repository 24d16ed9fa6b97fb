// SPDX-License-Identifier: Apache-2.0
#include "tests/crash/ledger.h"

#include "cardea/base/assert.h"
#include "cardea/base/hex.h"
#include "tests/support/run_task.h"

#include <algorithm>
#include <utility>

namespace cardea::testing {

namespace {

session::TokenHash hash_of(std::string_view key) {
    session::TokenHash hash{};
    CARDEA_ASSERT(hex_decode(key.substr(1), hash));
    return hash;
}

bool is_consumed(const stores::SqliteStores& stores, std::string_view key) {
    const Result<bool> was_first = run(stores.one_time->consume(hash_of(key), Time()));
    return was_first && !*was_first;
}

/// Whether what the key names is in the stores. A failure to answer counts as absent: somebody else's `+`
/// then makes it a violation.
bool exists(const stores::SqliteStores& stores, std::string_view key) {
    if (key.front() == 'o') {
        return is_consumed(stores, key);
    }
    if (key.front() == 's') {
        const auto found = run(stores.sessions->find(hash_of(key)));
        return found && found->has_value();
    }
    const Result<AccountId> id = AccountId::parse(key.substr(1));
    CARDEA_ASSERT(id.has_value());
    const auto found = run(stores.accounts->find(*id));
    return found && found->has_value();
}

std::int64_t audit_head(const stores::SqliteStores& stores) {
    const auto head = run(stores.audit->head());
    return head && *head ? (*head)->sequence : 0;
}

}  // namespace

void Ledger::note(std::string_view line) {
    CARDEA_ASSERT(line.size() > 2);
    const std::string text(line.substr(2));
    switch (line.front()) {
        case '+':
            facts_[text] = State::present;
            break;
        case '-':
            facts_[text] = State::absent;
            break;
        case '?':
            facts_[text] = State::open;
            break;
        case '#':
            audit_head_ = std::max(audit_head_, std::int64_t{std::stoll(text)});
            break;
        default:
            failures_.push_back(text);
    }
}

std::vector<std::string> Ledger::violations(const stores::SqliteStores& stores) {
    std::vector<std::string> found = std::exchange(failures_, {});
    for (auto& [key, state] : facts_) {
        const State actual = exists(stores, key) ? State::present : State::absent;
        if (state == State::present && actual == State::absent) {
            found.push_back("lost: " + key);
        }
        if (state == State::absent && actual == State::present) {
            found.push_back("lives again: " + key);
        }
        state = actual;
    }
    if (audit_head(stores) < audit_head_) {
        found.push_back("audit rows lost");
    }
    const auto problems = run(stores.database->check(sql::CheckDepth::full));
    if (!problems) {
        found.push_back("check: " + problems.error().context);
    } else {
        found.insert(found.end(), problems->begin(), problems->end());
    }
    return found;
}

}  // namespace cardea::testing
