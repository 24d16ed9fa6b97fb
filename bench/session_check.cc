// SPDX-License-Identifier: Apache-2.0
// What a session check costs before a byte is written: reading the credential from a request's headers, and
// asking the cache. One session, a hundred thousand, and two threads on one session.
#include "cardea/base/clock.h"
#include "cardea/session/cache.h"
#include "cardea/session/cookie.h"

#include <benchmark/benchmark.h>

#include <array>
#include <string>
#include <vector>

namespace cardea::session {

namespace {

const SystemClock wall;

SessionRecord make_record(Random& random, const TokenHash& token_hash) {
    SessionRecord record;
    record.id = SessionId::make(random);
    record.token_hash = token_hash;
    record.account = AccountId::make(random);
    record.created_at = record.last_seen_at = wall.now();
    record.idle = std::chrono::hours(1);
    record.expires_at = wall.now() + std::chrono::hours(24);
    return record;
}

void fill(SessionCache& cache, const SessionRecord& record) {
    std::ignore =
        cache.finish_fill(cache.begin_fill(), record, std::make_shared<const Subject>(), wall.now());
}

void credential_from_request(benchmark::State& state) {
    SystemRandom random;
    const SessionCookie cookie = SessionCookie::make({}).value();
    const std::string text(SessionToken::make(random).text().expose());
    const std::string header = "theme=dark; __Host-cardea-session=" + text;
    const std::array<http::Header, 5> headers{
        {{"Host", "localhost"},
         {"User-Agent", "bench/1.0"},
         {"Accept", "application/json"},
         {"Accept-Encoding", "gzip, br"},
         {"Cookie", header}}
    };
    http::Request request;
    request.headers = headers;
    for (auto _ : state) {
        benchmark::DoNotOptimize(cookie.extract(request));
    }
}

/// Hits in turn as many sessions as the range says, after each was asked for once.
void cache_hit(benchmark::State& state) {
    SystemRandom random;
    SessionCache cache(CacheLimits{262'144, 262'144});
    std::vector<Credential> credentials;
    for (std::int64_t count = 0; count < state.range(0); ++count) {
        credentials.push_back({random.bytes<32>(), Transport::cookie});
        fill(cache, make_record(random, credentials.back().token_hash));
        benchmark::DoNotOptimize(cache.find(credentials.back(), wall.now()));
    }
    std::size_t next = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(cache.find(credentials[next], wall.now()));
        next = next + 1 == credentials.size() ? 0 : next + 1;
    }
}

void cache_hit_by_many_threads(benchmark::State& state) {
    static SessionCache cache;
    static const Credential credential{SystemRandom().bytes<32>(), Transport::cookie};
    if (state.thread_index() == 0) {
        SystemRandom random;
        fill(cache, make_record(random, credential.token_hash));
    }
    for (auto _ : state) {
        benchmark::DoNotOptimize(cache.find(credential, wall.now()));
    }
}

BENCHMARK(credential_from_request);
BENCHMARK(cache_hit)->Arg(1)->Arg(1'000)->Arg(100'000);
BENCHMARK(cache_hit_by_many_threads)->Threads(1)->Threads(2);

}  // namespace

}  // namespace cardea::session

BENCHMARK_MAIN();
