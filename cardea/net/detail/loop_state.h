// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/clock.h"
#include "cardea/http/proxy.h"
#include "cardea/net/detail/block_pool.h"
#include "cardea/net/detail/buffer_budget.h"
#include "cardea/net/detail/phase_timer.h"
#include "cardea/net/detail/request_reader.h"
#include "cardea/net/limits.h"
#include "cardea/net/request_rules.h"
#include "cardea/net/server.h"
#include "cardea/net/service.h"
#include "cardea/net/tls.h"

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>

namespace cardea::net::detail {

/// A count that one thread writes and any thread reads.
class Counter {
 public:
    void add() noexcept { value_.store(value() + 1, std::memory_order_relaxed); }
    [[nodiscard]] std::uint64_t value() const noexcept { return value_.load(std::memory_order_relaxed); }

 private:
    std::atomic<std::uint64_t> value_ = 0;
};

/// The counts of one thread, on cache lines of their own.
struct alignas(64) Counters {
    Counter accepted;
    Counter evicted;
    Counter requests;
    Counter failures;
    Counter timeouts;
    std::array<Counter, refusal_count> refusals;
};

/// What all threads of a server share, fixed while it runs but for the counts at its end.
struct Shared {
    Service& service;
    const Clock& clock;
    Limits limits;
    AllowedHosts hosts;
    http::ProxyPolicy proxy;
    std::atomic<std::uint64_t> open_connections = 0;
    BufferBudget buffers{limits.buffered_bytes};
};

/// What the connections of one thread share. Only that thread touches it, except for the counters.
struct LoopState {
    explicit LoopState(Shared& shared_by_all)
        : shared(shared_by_all), blocks(RequestReader::block_bytes(shared_by_all.limits)) {}

    Shared& shared;
    BlockPool blocks;
    Counters counters;
    std::shared_ptr<const TlsIdentity> tls;  ///< of connections that begin now; null: they speak plain HTTP
    Tick now = 0;
    std::string date_line;  ///< `Date: ...` with its CRLF, as of this tick
    bool is_draining = false;
    std::array<char, 4096> scrap{};  ///< where bytes go that nobody reads
};

}  // namespace cardea::net::detail
