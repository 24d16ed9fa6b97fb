// SPDX-License-Identifier: Apache-2.0
// What a limiter's decision costs: a million keys in turn, in every strategy, with one thread and with two.
#include "cardea/base/clock.h"
#include "cardea/base/random.h"
#include "cardea/ratelimit/memory_limiter.h"

#include <benchmark/benchmark.h>

#include <memory>
#include <string>
#include <vector>

namespace cardea::ratelimit {
namespace {

constexpr std::size_t key_count = 1'000'000;
constexpr Time start(std::chrono::seconds(1'700'000'000));

const std::vector<std::string>& keys() {
    static const std::vector<std::string> all = [] {
        std::vector<std::string> made;
        for (std::size_t i = 0; i < key_count; ++i) {
            made.push_back(make_key("account", std::to_string(i)));
        }
        return made;
    }();
    return all;
}

std::unique_ptr<MemoryLimiter> limiter;

/// Every thread goes through all keys, each from a place of its own; the limiter knows them all.
void decide(benchmark::State& state, Strategy strategy) {
    if (state.thread_index() == 0) {
        SystemRandom random;
        limiter = std::make_unique<MemoryLimiter>(
            random.secret<16>(), Quota::parse("5/minute", strategy).value(), 2 * key_count
        );
        for (const std::string& key : keys()) {
            std::ignore = limiter->take(key, start);
        }
    }
    const auto threads = static_cast<std::size_t>(state.threads());
    std::size_t next = key_count / threads * static_cast<std::size_t>(state.thread_index());
    Time now = start;
    for (auto _ : state) {
        benchmark::DoNotOptimize(limiter->take(keys()[next], now));
        next = next + 1 == key_count ? 0 : next + 1;
        now += Duration(1);
    }
    state.SetItemsProcessed(state.iterations());
}

BENCHMARK_CAPTURE(decide, gcra, Strategy::gcra)->Threads(1)->Threads(2)->UseRealTime();
BENCHMARK_CAPTURE(decide, fixed_window, Strategy::fixed_window)->Threads(1)->Threads(2)->UseRealTime();
BENCHMARK_CAPTURE(decide, sliding_counter, Strategy::sliding_counter)->Threads(1)->Threads(2)->UseRealTime();
BENCHMARK_CAPTURE(decide, moving_window, Strategy::moving_window)->Threads(1)->Threads(2)->UseRealTime();

}  // namespace
}  // namespace cardea::ratelimit

BENCHMARK_MAIN();
