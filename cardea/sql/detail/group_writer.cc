// SPDX-License-Identifier: Apache-2.0
#include "cardea/sql/detail/group_writer.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <tuple>
#include <utility>

namespace cardea::sql::detail {

namespace {

/// Bounds how long the first batch of a group waits for the last one, and the memory of one transaction.
constexpr std::size_t group_limit = 512;

Result<> meets(const Batch::Item& item, const Outcome& outcome) {
    const std::int64_t rows =
        outcome.rows.empty() ? outcome.changed : static_cast<std::int64_t>(outcome.rows.size());
    if (item.expectation.rows >= 0 && item.expectation.rows != rows) {
        return fail(item.expectation.otherwise, std::string(item.statement));
    }
    return {};
}

bool is_urgent(const Batch& batch) {
    return batch.urgency() == Urgency::now;
}

}  // namespace

GroupWriter::GroupWriter(
    SqliteConnection& connection,
    std::size_t queue_limit,
    std::chrono::milliseconds longest_wait,
    ErrcCounts& errors
)
    : connection_(connection),
      queue_limit_(queue_limit),
      longest_wait_(longest_wait),
      errors_(errors),
      thread_([this] { work(); }) {}

GroupWriter::~GroupWriter() {
    {
        const std::lock_guard lock(mutex_);
        is_closing_ = true;
    }
    arrived_.notify_one();
    thread_.join();
}

void GroupWriter::submit(Batch batch, Done done) {
    {
        const std::lock_guard lock(mutex_);
        if (queue_.size() < queue_limit_) {
            queue_.push_back(Job(std::move(batch), std::move(done)));
            arrived_.notify_one();
            return;
        }
    }
    errors_.add(Errc::busy);
    done(fail(Errc::busy, "write queue"));
}

void GroupWriter::work() {
    while (wait_for_jobs()) {
        commit_group();
    }
}

bool GroupWriter::wait_for_jobs() {
    std::unique_lock lock(mutex_);
    arrived_.wait(lock, [this] { return is_closing_ || !queue_.empty(); });
    arrived_.wait_for(lock, longest_wait_, [this] {
        return is_closing_ || std::ranges::any_of(queue_, is_urgent, &Job::batch);
    });
    return !queue_.empty();
}

std::deque<GroupWriter::Job> GroupWriter::take(std::size_t limit) {
    const std::lock_guard lock(mutex_);
    if (queue_.size() <= limit) {
        return std::exchange(queue_, {});
    }
    const auto end = queue_.begin() + static_cast<std::ptrdiff_t>(limit);
    std::deque<Job> jobs(std::move_iterator(queue_.begin()), std::move_iterator(end));
    queue_.erase(queue_.begin(), end);
    return jobs;
}

void GroupWriter::commit_group() {
    std::vector<Answered> group;
    Result<> committed = execute_group(group);
    if (committed) {
        committed = control("COMMIT");
    }
    if (!committed && connection_.in_transaction()) {
        std::ignore = control("ROLLBACK");  // the failure that led here is what is answered
    }
    for (Answered& answered : group) {
        // Nothing of a group that was not committed happened, whatever its statements said.
        Answer answer = committed ? std::move(answered.answer) : Answer(std::unexpected(committed.error()));
        if (!answer) {
            errors_.add(answer.error().code);
        }
        answered.done(std::move(answer));
    }
}

Result<> GroupWriter::execute_group(std::vector<Answered>& group) {
    Result<> state = control("BEGIN IMMEDIATE");
    while (group.size() < group_limit) {
        std::deque<Job> jobs = take(group_limit - group.size());
        if (jobs.empty()) {
            break;
        }
        for (Job& job : jobs) {
            group.push_back(execute_job(std::move(job), state));
        }
    }
    return state;
}

GroupWriter::Answered GroupWriter::execute_job(Job job, Result<>& transaction) {
    Answer answer = transaction ? execute(job.batch) : Answer();
    if (transaction && !connection_.in_transaction()) {
        transaction = std::unexpected(answer.error());  // it took the whole transaction with it
    }
    return Answered(std::move(job.done), std::move(answer));
}

GroupWriter::Answer GroupWriter::execute(const Batch& batch) {
    Result<> begun = control("SAVEPOINT batch");
    if (!begun) {
        return propagate(begun);
    }
    Answer answer = execute_items(batch);
    if (!connection_.in_transaction()) {
        return answer ? Answer(fail(Errc::internal, "a batch ended its transaction")) : answer;
    }
    if (!answer) {
        Result<> undone = control("ROLLBACK TO batch");
        if (!undone) {
            std::ignore = control("ROLLBACK");  // half a batch must not be committed
            return propagate(undone);
        }
    }
    Result<> released = control("RELEASE batch");
    if (!released) {
        std::ignore = control("ROLLBACK");
        return propagate(released);
    }
    return answer;
}

GroupWriter::Answer GroupWriter::execute_items(const Batch& batch) {
    std::vector<Outcome> outcomes;
    outcomes.reserve(batch.items().size());
    for (const Batch::Item& item : batch.items()) {
        Result<Outcome> outcome = connection_.run(item.statement, item.params);
        if (!outcome) {
            return propagate(outcome);
        }
        Result<> met = meets(item, *outcome);
        if (!met) {
            return propagate(met);
        }
        outcomes.push_back(std::move(*outcome));
    }
    return outcomes;
}

Result<> GroupWriter::control(std::string_view statement) {
    Result<Outcome> outcome = connection_.run(statement);
    if (!outcome) {
        return propagate(outcome);
    }
    return {};
}

}  // namespace cardea::sql::detail
