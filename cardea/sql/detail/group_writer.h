// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/callback.h"
#include "cardea/base/errc_counts.h"
#include "cardea/sql/detail/sqlite_connection.h"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

namespace cardea::sql::detail {

/// The one thread that writes. What waits is executed in one transaction, each batch inside a savepoint of
/// its own, and answered after the commit; while batches keep arriving, the group grows, up to a limit, so
/// one fsync serves everybody who waited for the last one. Where nothing urgent waits, the rest waits for it,
/// at most `longest_wait`.
class GroupWriter {
 public:
    using Answer = Result<std::vector<Outcome>>;
    using Done = Callback<Answer>;

    /// Nobody else uses the connection until the writer is gone. What fails is counted in `errors`.
    GroupWriter(
        SqliteConnection& connection,
        std::size_t queue_limit,
        std::chrono::milliseconds longest_wait,
        ErrcCounts& errors
    );

    /// Finishes what waits.
    ~GroupWriter();
    GroupWriter(const GroupWriter&) = delete;
    GroupWriter& operator=(const GroupWriter&) = delete;

    /// Thread-safe. `done` is called once, on the writer's thread; or at once, with Errc::busy, when the
    /// queue is full.
    void submit(Batch batch, Done done);

 private:
    struct Job {
        Batch batch;
        Done done;
    };
    struct Answered {
        Done done;
        Answer answer;
    };

    void work();
    [[nodiscard]] bool wait_for_jobs();
    [[nodiscard]] std::deque<Job> take(std::size_t limit);
    void commit_group();
    [[nodiscard]] Result<> execute_group(std::vector<Answered>& group);
    [[nodiscard]] Answered execute_job(Job job, Result<>& transaction);
    [[nodiscard]] Answer execute(const Batch& batch);
    [[nodiscard]] Answer execute_items(const Batch& batch);
    [[nodiscard]] Result<> control(std::string_view statement);

    SqliteConnection& connection_;
    const std::size_t queue_limit_;
    const std::chrono::milliseconds longest_wait_;
    ErrcCounts& errors_;
    std::mutex mutex_;
    std::condition_variable arrived_;
    std::deque<Job> queue_;
    bool is_closing_ = false;
    std::thread thread_;  // last: it uses all of the above
};

}  // namespace cardea::sql::detail
