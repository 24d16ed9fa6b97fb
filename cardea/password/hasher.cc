// SPDX-License-Identifier: Apache-2.0
#include "cardea/password/hasher.h"

#include "cardea/base/assert.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace cardea::password {
namespace {

constexpr std::size_t salt_size = crypto_pwhash_argon2id_SALTBYTES;
constexpr std::size_t hash_size = 32;

// OWASP Password Storage Cheat Sheet: as good as each other, less memory for more time.
constexpr std::array<Argon2Cost, 5> weakest_costs{
    {{47'104, 1}, {19'456, 2}, {12'288, 3}, {9'216, 4}, {7'168, 5}}
};

bool is_possible(const Argon2Cost& cost) {
    return cost.lanes == 1 && cost.memory_kib >= 8 && cost.memory_kib <= max_argon2_cost.memory_kib &&
           cost.iterations >= 1 && cost.iterations <= max_argon2_cost.iterations;
}

}  // namespace

PasswordHasher::PasswordHasher(Argon2Cost cost) noexcept : cost_(cost) {
    CARDEA_ASSERT(is_possible(cost));
    CARDEA_ASSERT(sodium_init() >= 0);  // chooses the fastest code for this processor
}

Result<std::string> PasswordHasher::hash(const Password& password, Random& random) const {
    const std::array<std::uint8_t, salt_size> salt = random.bytes<salt_size>();
    Argon2Hash made{cost_, Bytes(salt.begin(), salt.end()), Bytes(hash_size)};
    const std::string_view text = password.expose();
    const int failed = crypto_pwhash_argon2id(
        made.hash.data(),
        made.hash.size(),
        text.data(),
        text.size(),
        salt.data(),
        cost_.iterations,
        std::size_t{cost_.memory_kib} * 1024,
        crypto_pwhash_argon2id_ALG_ARGON2ID13
    );
    if (failed != 0) {
        return fail(Errc::busy, "password hash: out of memory");
    }
    return to_phc(made);
}

Result<Verified> PasswordHasher::verify(const Password& password, std::string_view phc) const {
    Result<Argon2Hash> stored = parse_argon2(phc);
    if (!stored) {
        return propagate(stored);
    }
    const std::string_view text = password.expose();
    errno = 0;
    if (crypto_pwhash_argon2id_str_verify(std::string(phc).c_str(), text.data(), text.size()) != 0) {
        // libsodium says EINVAL for another password, and nothing when it could not compute.
        return errno == EINVAL ? fail(Errc::credentials_wrong)
                               : fail(Errc::busy, "password hash: out of memory");
    }
    const bool is_current =
        stored->cost == cost_ && stored->hash.size() == hash_size && stored->salt.size() >= salt_size;
    return is_current ? Verified::up_to_date : Verified::needs_rehash;
}

Result<> check_cost(const Argon2Cost& cost) {
    const bool is_strong = std::ranges::any_of(weakest_costs, [&](const Argon2Cost& weakest) {
        return cost.memory_kib >= weakest.memory_kib && cost.iterations >= weakest.iterations;
    });
    if (!is_possible(cost) || !is_strong) {
        return fail(
            Errc::config,
            "the password cost must be one lane, at most 262144 KiB and 16 iterations, and at least as much "
            "as "
            "19456 KiB with 2 iterations or 7168 KiB with 5"
        );
    }
    return {};
}

}  // namespace cardea::password
