// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/late.h"
#include "cardea/base/task.h"

#include <functional>
#include <utility>

namespace cardea {

/// What somebody calls who has the answer, once and from any thread.
template <class Value>
using Callback = std::move_only_function<void(Value)>;

namespace detail {
using Resume = std::move_only_function<void()>;
/// Suspends the caller, and hands `start` what resumes it.
[[nodiscard]] Task<> suspend(std::move_only_function<void(Resume)> start);
}  // namespace detail

/// Hands `start` a Callback<Value>, waits until it is called, and resumes on the caller's event loop, which
/// is kept running until then, with what it was called with. Where the loop is destroyed first, as when a
/// program ends while passwords are hashed, the caller is neither resumed nor destroyed, ever. A callback
/// that goes without having been called takes the caller with it.
template <class Value, class Start>
Task<Value> wait_for_callback(Start start) {
    Late<Value> answer;  // lives as long as `resume` does, which holds this coroutine
    auto hand_over = [&start, &answer](detail::Resume resume) {
        start(Callback<Value>([&answer, resume = std::move(resume)](Value value) mutable {
            answer.emplace(std::move(value));
            resume();
        }));
    };
    co_await detail::suspend(std::move(hand_over));
    co_return std::move(*answer);
}

}  // namespace cardea
