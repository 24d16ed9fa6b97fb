// SPDX-License-Identifier: Apache-2.0
/// jose: JSON Web Keys, signatures and tokens (RFC 7515, 7517, 7518, 7519, 7638, 7797, 8037, 8725). A key
/// carries the one algorithm it is for, a verifier names the algorithms it accepts, and "none" is neither.
/// Plain functions over values: no clock, no I/O, no global; a fetched key set comes in through KeySource.
///
/// Invariants: nothing in a token chooses a key but its `kid`, and nothing chooses an algorithm but the key;
/// an unverified token tells nothing but `alg`, `kid` and `typ`; base64url and JSON have one spelling for one
/// value. All objects are immutable once made and may be used by any thread.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>

namespace cardea::jose {

/// The ways to sign (RFC 7518 section 3.1, RFC 8037 section 3.1; EdDSA with Ed25519 only).
enum class JwsAlgorithm : std::uint8_t {
    hs256,
    hs384,
    hs512,
    rs256,
    rs384,
    rs512,
    ps256,
    ps384,
    ps512,
    es256,
    es384,
    es512,
    eddsa,
};

/// Every algorithm that a signature may have here.
inline constexpr std::array<JwsAlgorithm, 13> all_jws_algorithms{
    JwsAlgorithm::hs256,
    JwsAlgorithm::hs384,
    JwsAlgorithm::hs512,
    JwsAlgorithm::rs256,
    JwsAlgorithm::rs384,
    JwsAlgorithm::rs512,
    JwsAlgorithm::ps256,
    JwsAlgorithm::ps384,
    JwsAlgorithm::ps512,
    JwsAlgorithm::es256,
    JwsAlgorithm::es384,
    JwsAlgorithm::es512,
    JwsAlgorithm::eddsa,
};

/// As `alg` spells it: "ES256".
[[nodiscard]] std::string_view name(JwsAlgorithm algorithm) noexcept;

/// nullopt for every other spelling, and for "none".
[[nodiscard]] std::optional<JwsAlgorithm> parse_jws_algorithm(std::string_view name) noexcept;

/// HMAC, so that who can verify can sign too.
[[nodiscard]] constexpr bool is_symmetric(JwsAlgorithm algorithm) noexcept {
    return algorithm <= JwsAlgorithm::hs512;
}

/// The algorithms that a verifier accepts; never empty.
class JwsAlgorithms {
 public:
    // NOLINTNEXTLINE(google-explicit-constructor): one algorithm is a set of one
    constexpr JwsAlgorithms(JwsAlgorithm algorithm) noexcept : bits_(bit(algorithm)) {}
    constexpr JwsAlgorithms(JwsAlgorithm first, std::initializer_list<JwsAlgorithm> more) noexcept
        : bits_(bit(first)) {
        for (const JwsAlgorithm one : more) {
            bits_ |= bit(one);
        }
    }

    constexpr JwsAlgorithms& add(JwsAlgorithm algorithm) noexcept {
        bits_ |= bit(algorithm);
        return *this;
    }
    [[nodiscard]] constexpr bool contains(JwsAlgorithm algorithm) const noexcept {
        return (bits_ & bit(algorithm)) != 0;
    }

 private:
    [[nodiscard]] static constexpr std::uint32_t bit(JwsAlgorithm algorithm) noexcept {
        return std::uint32_t{1} << static_cast<unsigned>(algorithm);
    }

    std::uint32_t bits_;
};

}  // namespace cardea::jose
