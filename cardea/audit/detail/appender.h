// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/audit/detail/chain.h"
#include "cardea/base/callback.h"

#include <atomic>
#include <deque>
#include <mutex>
#include <optional>
#include <vector>

namespace cardea::audit::detail {

/// The queue in front of the store. At most one coroutine appends at a time: whoever finds nobody at it
/// starts one on the event loop it is on, and that one goes on until nothing waits. Thread-safe; shared by
/// the log and the coroutine that appends.
class Appender {
 public:
    /// Called once with the outcome; empty for a note.
    using Done = Callback<Result<>>;

    struct Parts {
        AuditStore& store;
        const crypto::Keyring& keyring;
        const Clock& clock;
        Random& random;
    };

    explicit Appender(Parts parts) : parts_(parts) {}

    /// Queues an entry if there is room for its kind; else calls `done` with Errc::busy, or drops it. True:
    /// the caller starts run().
    [[nodiscard]] bool push(Entry entry, Done done);
    /// Counts an entry that is not to be queued. True: the caller starts run().
    [[nodiscard]] bool drop();
    /// No row that is made from now on has personal data of the account, but that of its removal. Only the
    /// last of them are remembered: what is under way for one ends within seconds.
    void forget(AccountId account);
    /// Calls `done` when everything queued before is in the store. True: the caller starts run().
    [[nodiscard]] bool push_mark(Done done);

    /// Appends until nothing waits.
    [[nodiscard]] static Task<> run(std::shared_ptr<Appender> self);
    /// run() came to a bad end: everything that waits fails, and the next push starts it anew.
    void stopped();

    /// The head that was appended last, from the store when nothing was yet.
    [[nodiscard]] Task<Result<Head>> head();

    [[nodiscard]] std::uint64_t dropped() const noexcept { return dropped_; }

 private:
    struct Waiting {
        std::optional<TimedEntry> timed;  // absent in a mark
        Done done;
        std::uint64_t reports = 0;  // dropped entries, in the entry that says so
    };

    [[nodiscard]] bool push(Waiting waiting, std::size_t room);
    [[nodiscard]] bool is_report_due(const std::vector<Waiting>& batch) const;
    [[nodiscard]] Waiting make_drop_report();
    [[nodiscard]] bool is_forgotten(const Entry& entry);
    [[nodiscard]] std::vector<Waiting> take_batch();
    [[nodiscard]] Task<Result<>> append(const std::vector<Waiting>& batch);
    [[nodiscard]] Task<Result<>> append_after(Head previous, const std::vector<Waiting>& batch);
    void finish(std::vector<Waiting> batch, const Result<>& outcome);

    Parts parts_;
    std::mutex mutex_;  // over what follows
    std::deque<Waiting> waiting_;
    bool is_running_ = false;
    std::optional<Head> head_;
    std::deque<AccountId> forgotten_;  // the accounts removed last
    std::uint64_t unreported_ = 0;     // of those dropped, how many no row reports
    Time next_report_;
    std::atomic<std::uint64_t> dropped_{0};
};

}  // namespace cardea::audit::detail
