// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/session/store.h"

#include <utility>

namespace cardea::testing {

/// Passes every call on to another store, but fails the n-th: before it is passed on, or after, which is what
/// a caller sees when the connection breaks while the answer is under way.
class FaultySessionStore final : public session::SessionStore {
 public:
    enum class Fault { before, after };

    explicit FaultySessionStore(session::SessionStore& real) : real_(real) {}

    /// The n-th call from now on fails, 1 being the next.
    void fail_call(int n, Fault fault) {
        calls_left_ = n;
        fault_ = fault;
    }

    Task<Result<std::optional<session::TokenHash>>> insert(
        session::SessionRecord record, session::Insertion also
    ) override {
        co_return co_await pass(real_.insert(std::move(record), also));
    }
    Task<Result<std::optional<session::SessionRecord>>> find(session::TokenHash token_hash) override {
        co_return co_await pass(real_.find(token_hash));
    }
    Task<Result<std::vector<session::SessionRecord>>> list(AccountId account) override {
        co_return co_await pass(real_.list(account));
    }
    Task<Result<bool>> remove(AccountId account, SessionId session, std::optional<SessionId> asking)
        override {
        co_return co_await pass(real_.remove(account, session, asking));
    }
    Task<Result<bool>> remove_token(session::TokenHash token_hash) override {
        co_return co_await pass(real_.remove_token(token_hash));
    }
    Task<Result<std::size_t>> remove_all(AccountId account, std::optional<SessionId> except) override {
        co_return co_await pass(real_.remove_all(account, except));
    }
    Task<Result<std::size_t>> remove_others(session::SessionName asking) override {
        co_return co_await pass(real_.remove_others(asking));
    }
    Task<Result<bool>> rotate(session::TokenHash from, session::TokenHash to) override {
        co_return co_await pass(real_.rotate(from, to));
    }
    Task<Result<>> update_data(session::TokenHash token_hash, std::string data, std::int64_t expected_version)
        override {
        co_return co_await pass(real_.update_data(token_hash, std::move(data), expected_version));
    }
    Task<Result<>> touch(std::vector<session::Touch> touches) override {
        co_return co_await pass(real_.touch(std::move(touches)));
    }
    Task<Result<std::size_t>> purge_expired(Time now, std::size_t limit) override {
        co_return co_await pass(real_.purge_expired(now, limit));
    }

 private:
    template <class T>
    Task<Result<T>> pass(Task<Result<T>> call) {
        const bool fails = calls_left_ > 0 && --calls_left_ == 0;
        if (fails && fault_ == Fault::before) {
            co_return fail(Errc::store_unavailable, "on purpose");
        }
        Result<T> result = co_await std::move(call);
        if (fails) {
            co_return fail(Errc::store_unavailable, "on purpose");
        }
        co_return result;
    }

    session::SessionStore& real_;
    int calls_left_ = 0;
    Fault fault_ = Fault::before;
};

}  // namespace cardea::testing
