// SPDX-License-Identifier: Apache-2.0
#include "cardea/audit/reference.h"

#include "cardea/base/base32.h"
#include "cardea/crypto/hmac.h"

#include <algorithm>
#include <array>

namespace cardea::audit {
namespace {

constexpr crypto::Purpose reference_purpose("reference");

// Time in seconds 32 | code 10 | rule 6 | counter 16 | check 16
constexpr std::size_t block_size = 10;
constexpr std::size_t half_size = block_size / 2;
constexpr std::uint8_t rounds = 10;
using Block = std::array<std::uint8_t, block_size>;

/// One round of a balanced Feistel network: mixes `from` into `into`. Its own reverse.
void mix(std::span<std::uint8_t> into, ByteView from, std::uint8_t round, const SecretBytes<32>& key) {
    std::array<std::uint8_t, half_size + 1> message{round};
    std::ranges::copy(from, message.begin() + 1);
    const crypto::Mac mac = crypto::hmac_sha256(key.expose(), message);
    for (std::size_t i = 0; i < half_size; ++i) {
        into[i] ^= mac[i];
    }
}

void encrypt(Block& block, const SecretBytes<32>& key) {
    const std::span<std::uint8_t, block_size> whole(block);
    for (std::uint8_t round = 0; round < rounds; ++round) {
        const bool is_even = round % 2 == 0;
        mix(whole.subspan(is_even ? 0 : half_size, half_size),
            whole.subspan(is_even ? half_size : 0, half_size),
            round,
            key);
    }
}

void decrypt(Block& block, const SecretBytes<32>& key) {
    const std::span<std::uint8_t, block_size> whole(block);
    for (std::uint8_t round = rounds; round-- > 0;) {
        const bool is_even = round % 2 == 0;
        mix(whole.subspan(is_even ? 0 : half_size, half_size),
            whole.subspan(is_even ? half_size : 0, half_size),
            round,
            key);
    }
}

std::array<std::uint8_t, 2> check_of(const Block& block, const SecretBytes<32>& key) {
    const crypto::Mac mac = crypto::hmac_sha256(key.expose(), ByteView(block).first(block_size - 2));
    return {mac[0], mac[1]};
}

Block pack(const Refusal& refusal) {
    const auto seconds = static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::seconds>(refusal.at.time_since_epoch()).count()
    );
    std::uint64_t packed = seconds << 32U;
    packed |= (static_cast<std::uint64_t>(refusal.code) & 0x3ffU) << 22U;
    packed |= (static_cast<std::uint64_t>(refusal.rule) & 0x3fU) << 16U;
    packed |= refusal.counter;
    Block block{};
    for (unsigned i = 0; i < 8; ++i) {
        block[i] = static_cast<std::uint8_t>(packed >> (56U - 8 * i));
    }
    return block;
}

Refusal unpack(const Block& block) {
    std::uint64_t packed = 0;
    for (unsigned i = 0; i < 8; ++i) {
        packed = packed << 8U | block[i];
    }
    return {
        .at = Time(std::chrono::seconds(packed >> 32U)),
        .code = static_cast<Errc>(packed >> 22U & 0x3ffU),
        .rule = static_cast<Rule>(packed >> 16U & 0x3fU),
        .counter = static_cast<std::uint16_t>(packed),
    };
}

std::string grouped(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i > 0 && i % 4 == 0) {
            out += '-';
        }
        out += text[i];
    }
    return out;
}

}  // namespace

References::References(const crypto::Keyring& keyring) : keys_(keyring.derive_all(reference_purpose)) {}

std::string References::make(Time at, Errc code, Rule rule) const {
    made_.add(code);
    Block block = pack({at, code, rule, counter_.fetch_add(1, std::memory_order_relaxed)});
    const SecretBytes<32>& key = keys_.front().key;
    const std::array<std::uint8_t, 2> check = check_of(block, key);
    std::ranges::copy(check, block.end() - 2);
    encrypt(block, key);
    return grouped(crockford32_encode(block));
}

Result<Refusal> References::explain(std::string_view reference) const {
    Block encrypted{};
    if (!crockford32_decode(reference, encrypted, Base32Reading::lenient)) {
        return fail(Errc::malformed, "reference");
    }
    for (const auto& [id, key] : keys_) {
        Block block = encrypted;
        decrypt(block, key);
        if (constant_time_equal(check_of(block, key), ByteView(block).last(2))) {
            return unpack(block);
        }
    }
    return fail(Errc::not_found, "reference");
}

}  // namespace cardea::audit
