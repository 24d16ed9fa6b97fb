// SPDX-License-Identifier: Apache-2.0
#include "cardea/otp/shared_secret.h"

#include <array>

namespace cardea::otp {

SharedSecret SharedSecret::make(Random& random, crypto::HashAlgorithm algorithm) {
    SecretBytes<64> bytes;
    const auto needed = std::span(bytes.expose()).first(crypto::digest_size(algorithm));
    random.fill(needed);
    return SharedSecret(SecretText(as_text(needed)));
}

Result<SharedSecret> SharedSecret::from_bytes(ByteView bytes) {
    if (bytes.empty() || bytes.size() > max_bytes) {
        return fail(Errc::invalid, "a shared secret has 1 to " + std::to_string(max_bytes) + " bytes");
    }
    return SharedSecret(SecretText(as_text(bytes)));
}

Result<SharedSecret> SharedSecret::parse(std::string_view text, Base32Reading reading) {
    constexpr std::size_t longest_text = 4 * max_bytes;  // with room for blanks
    if (text.size() > longest_text) {
        return fail(Errc::invalid, "a shared secret of " + std::to_string(text.size()) + " characters");
    }
    Result<Bytes> bytes = base32_decode(text, reading);
    if (!bytes) {
        return propagate(bytes);
    }
    Result<SharedSecret> secret = from_bytes(*bytes);
    wipe(bytes->data(), bytes->size());
    return secret;
}

SecretText SharedSecret::text() const {
    std::string text = base32_encode(expose());
    SecretText secret(text);
    wipe(text.data(), text.size());
    return secret;
}

}  // namespace cardea::otp
