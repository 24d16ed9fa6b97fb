// SPDX-License-Identifier: Apache-2.0
// libsodium's Argon2id alone, with the parameters of a sign-in: the most that a server can do on these cores
// that calls it as it is. argon2id_huge_pages is the same with the program's mmap (server/huge_pages.cc).
//
//     argon2id THREADS SECONDS [MEMORY KIB] [PASSES]       prints hashes and seconds of processor time
#include <sodium.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <sys/resource.h>
#include <thread>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

struct Work {
    Clock::time_point end;
    std::size_t memory_bytes = 0;
    unsigned long long passes = 0;
};

void hash_until_end(const Work& work, std::atomic<long>& hashes) {
    const std::string password = "correct horse battery staple";
    std::array<unsigned char, crypto_pwhash_SALTBYTES> salt{};
    std::array<unsigned char, 32> out{};
    while (Clock::now() < work.end) {
        randombytes_buf(salt.data(), salt.size());
        if (crypto_pwhash(
                out.data(),
                out.size(),
                password.data(),
                password.size(),
                salt.data(),
                work.passes,
                work.memory_bytes,
                crypto_pwhash_ALG_ARGON2ID13
            ) != 0) {
            std::abort();
        }
        ++hashes;
    }
}

double processor_seconds() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 3 || sodium_init() < 0) {
        std::fprintf(stderr, "usage: argon2id THREADS SECONDS [MEMORY KIB] [PASSES]\n");
        return 2;
    }
    const auto number = [&](int index, int otherwise) {
        return count > index ? std::atoi(arguments[index]) : otherwise;
    };
    Work work;
    work.memory_bytes = static_cast<std::size_t>(number(3, 19'456)) * 1024;
    work.passes = static_cast<unsigned long long>(number(4, 2));
    work.end = Clock::now() + std::chrono::seconds(number(2, 1));
    std::atomic<long> hashes = 0;
    {
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < number(1, 1); ++thread) {
            threads.emplace_back([&] { hash_until_end(work, hashes); });
        }
    }
    std::printf("%ld %.3f\n", hashes.load(), processor_seconds());
}
