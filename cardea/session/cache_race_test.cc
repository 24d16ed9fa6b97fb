// SPDX-License-Identifier: Apache-2.0
// No revoked session is accepted after the revocation was answered: every order of steps, one by one, and
// then threads that run into each other as hard as they can (clean under ThreadSanitizer).
#include "cardea/base/random.h"
#include "cardea/session/cache.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace cardea::session {

namespace {

constexpr Time now{Duration(1'700'000'000'000)};

enum class RevokedBy : std::uint8_t { token, account };

SessionRecord make_record(Random& random) {
    SessionRecord record;
    record.token_hash = random.bytes<32>();
    record.account = AccountId::make(random);
    record.created_at = record.last_seen_at = now;
    record.idle = std::chrono::hours(1);
    record.expires_at = now + std::chrono::hours(24);
    return record;
}

/// One row, and two fills and a revocation of it that are carried out step by step.
class SteppedRace {
 public:
    explicit SteppedRace(RevokedBy by) : by_(by) {}

    /// 'a' and 'b' take the next step of their fill (note, read, keep), 'r' that of the revocation (remove,
    /// drop).
    void step(char who) {
        if (who == 'r') {
            revoke_step();
        } else {
            fill_step(fills_[who == 'a' ? 0 : 1]);
        }
    }

    [[nodiscard]] bool is_revoked() const { return revoke_steps_ == 2; }
    [[nodiscard]] bool is_accepted() {
        return cache_.find({record_.token_hash, record_.transport}, now) != nullptr;
    }
    [[nodiscard]] bool was_kept_late() const { return kept_late_; }

 private:
    struct Fill {
        int steps = 0;
        std::uint64_t noted = 0;
        bool has_read = false;
    };

    void fill_step(Fill& fill) {
        switch (fill.steps++) {
            case 0:
                fill.noted = cache_.begin_fill();
                break;
            case 1:
                fill.has_read = row_exists_;
                break;
            default:
                const bool kept =
                    fill.has_read &&
                    cache_.finish_fill(fill.noted, record_, std::make_shared<const Subject>(), now) !=
                        nullptr;
                kept_late_ = kept_late_ || (kept && is_revoked());
        }
    }

    void revoke_step() {
        if (++revoke_steps_ == 1) {
            row_exists_ = false;
        } else if (by_ == RevokedBy::token) {
            cache_.drop(record_.token_hash);
        } else {
            cache_.drop(record_.account);
        }
    }

    RevokedBy by_;
    FakeRandom random_;
    SessionCache cache_{CacheLimits{8, 8}};
    SessionRecord record_ = make_record(random_);
    bool row_exists_ = true;
    bool kept_late_ = false;
    int revoke_steps_ = 0;
    std::array<Fill, 2> fills_;
};

int walk_all_orders(RevokedBy by) {
    std::string order = "aaabbbrr";
    int orders = 0;
    do {
        SteppedRace race(by);
        for (const char who : order) {
            race.step(who);
            const bool accepted = race.is_accepted();
            EXPECT_FALSE(accepted && race.is_revoked()) << order;
        }
        EXPECT_FALSE(race.was_kept_late()) << order;
        ++orders;
    } while (std::ranges::next_permutation(order).found);
    return orders;
}

/// Tokens that are revoked one after another, while others fill and hit the ones around.
class ThreadedRace {
 public:
    static constexpr std::size_t sessions = 20'000;

    ThreadedRace() : rows_(sessions) {
        FakeRandom random;
        for (Row& row : rows_) {
            row.record = make_record(random);
        }
    }

    void revoke_all() {
        for (std::size_t number = 0; number < sessions; ++number) {
            Row& row = rows_[number];
            use(row);  // so that every revocation has something to revoke
            row.exists.store(false);
            if (number % 2 == 0) {
                cache_.drop(row.record.token_hash);
            } else {
                cache_.drop(row.record.account);
            }
            row.is_revoked.store(true);
            current_.store(number + 1);
        }
    }

    void fill_and_hit(std::uint64_t seed) {
        FakeRandom random(seed);
        for (std::size_t current = 0; current < sessions; current = current_.load()) {
            // Mostly the one that is revoked next, sometimes one that was revoked just before.
            const std::size_t back = random.bytes<1>()[0] % 4;
            use(rows_[current - std::min(current, back)]);
        }
    }

    [[nodiscard]] int violations() const { return violations_.load(); }

 private:
    struct Row {
        SessionRecord record;
        std::atomic<bool> exists = true;
        std::atomic<bool> is_revoked = false;
    };

    void use(Row& row) {
        const bool was_revoked = row.is_revoked.load();
        bool accepted = cache_.find({row.record.token_hash, row.record.transport}, now) != nullptr;
        if (!accepted) {
            const std::uint64_t noted = cache_.begin_fill();
            accepted =
                row.exists.load() &&
                cache_.finish_fill(noted, row.record, std::make_shared<const Subject>(), now) != nullptr;
        }
        violations_ += was_revoked && accepted ? 1 : 0;
    }

    SessionCache cache_{CacheLimits{32, 256}};  // small, so that entries also give way to each other
    std::vector<Row> rows_;
    std::atomic<std::size_t> current_ = 0;
    std::atomic<int> violations_ = 0;
};

}  // namespace

TEST(SessionCacheRace, refuses_a_revoked_session_in_every_order_of_steps) {
    EXPECT_EQ(walk_all_orders(RevokedBy::token), 560);
    EXPECT_EQ(walk_all_orders(RevokedBy::account), 560);
}

TEST(SessionCacheRace, refuses_revoked_sessions_while_threads_fill_and_hit) {
    ThreadedRace race;
    {
        std::vector<std::jthread> threads;
        for (std::uint64_t seed = 1; seed <= 3; ++seed) {
            threads.emplace_back([&race, seed] { race.fill_and_hit(seed); });
        }
        race.revoke_all();
    }

    EXPECT_EQ(race.violations(), 0);
}

}  // namespace cardea::session
