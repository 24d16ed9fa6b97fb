// SPDX-License-Identifier: Apache-2.0
// What verifying a session cookie costs: the formats of Starlette and Flask as peers/cookie_verify.py does
// them in Python, and our own.
#include "cardea/cookies/flask.h"
#include "cardea/cookies/signed_value.h"
#include "cardea/cookies/starlette.h"

#include <benchmark/benchmark.h>

namespace cardea::cookies {
namespace {

constexpr Time now{std::chrono::seconds(1'700'000'000)};
constexpr std::string_view secret = "s3cr3t-key-for-test-vectors-0001";
constexpr std::string_view session_text = R"({"user_id": 42, "csrf": "5d41402abc4b2a76b9719d911017c592"})";

Json session() {
    return parse_json(session_text).value();
}

SecretKeys secrets() {
    return SecretKeys::make(secret).value();
}

void signature(benchmark::State& state) {
    const TimestampSigner signer(secrets());
    const std::string cookie = StarletteSession(secrets()).encode(session(), now).value();
    for (auto _ : state) {
        benchmark::DoNotOptimize(signer.unsign(cookie, now, std::chrono::seconds(60)));
    }
}

void starlette(benchmark::State& state) {
    const StarletteSession codec(secrets());
    const std::string cookie = codec.encode(session(), now).value();
    for (auto _ : state) {
        benchmark::DoNotOptimize(codec.decode(cookie, now));
    }
}

void flask(benchmark::State& state) {
    const FlaskSession codec(secrets());
    const std::string cookie = codec.encode(session(), now).value();
    for (auto _ : state) {
        benchmark::DoNotOptimize(codec.decode(cookie, now));
    }
}

void own(benchmark::State& state) {
    const SignedValues values(crypto::Keyring::parse(secret).value(), "bench");
    const std::string text = values.sign(session_text, now + std::chrono::seconds(60)).value();
    for (auto _ : state) {
        benchmark::DoNotOptimize(values.verify(text, now));
    }
}

void own_sealed(benchmark::State& state) {
    SystemRandom random;
    const SealedValues values(crypto::Keyring::parse(secret).value(), "bench");
    const std::string text = values.seal(session_text, now + std::chrono::seconds(60), random).value();
    for (auto _ : state) {
        benchmark::DoNotOptimize(values.open(text, now));
    }
}

BENCHMARK(signature);
BENCHMARK(starlette);
BENCHMARK(flask);
BENCHMARK(own);
BENCHMARK(own_sealed);

}  // namespace
}  // namespace cardea::cookies

BENCHMARK_MAIN();
