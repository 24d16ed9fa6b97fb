// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace cardea {

/// The concrete executor of every coroutine here: a type-erased one costs a fifth of the throughput.
using Executor = boost::asio::io_context::executor_type;

/// An asynchronous operation. It starts when it is awaited and resumes on the executor of the caller. A
/// program on another executor starts one with `boost::asio::co_spawn(io_context, task(), ...)`.
///
/// A `co_await` is written in exactly three forms, because g++ 12.2 miscompiles others without a word:
///     co_await call(args);      auto x = co_await call(args);      co_return co_await call(args);
template <class T = void>
using Task = boost::asio::awaitable<T, Executor>;

/// The completion token for Asio operations inside a Task. (`use_awaitable` is the type-erased one.)
inline constexpr boost::asio::use_awaitable_t<Executor> use_task{};

}  // namespace cardea
