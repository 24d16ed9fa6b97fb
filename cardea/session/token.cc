// SPDX-License-Identifier: Apache-2.0
#include "cardea/session/token.h"

#include "cardea/base/base64url.h"
#include "cardea/crypto/sha256.h"

namespace cardea::session {

SessionToken SessionToken::make(Random& random) noexcept {
    SessionToken token;
    random.fill(token.bytes_);
    return token;
}

Result<SessionToken> SessionToken::parse(std::string_view text) {
    SessionToken token;
    if (text.size() != text_size || !base64url_decode(text, token.bytes_)) {
        return fail(Errc::malformed, "session token");
    }
    return token;
}

SessionToken::SessionToken(SessionToken&& other) noexcept : bytes_(other.bytes_) {
    wipe(other.bytes_.data(), other.bytes_.size());
}

SessionToken& SessionToken::operator=(SessionToken&& other) noexcept {
    if (this != &other) {
        bytes_ = other.bytes_;
        wipe(other.bytes_.data(), other.bytes_.size());
    }
    return *this;
}

TokenHash SessionToken::hash() const noexcept {
    return crypto::sha256(bytes_);
}

SecretText SessionToken::text() const {
    std::array<char, text_size> characters;
    base64url_encode(bytes_, characters);
    SecretText text(std::string_view(characters.data(), characters.size()));
    wipe(characters.data(), characters.size());
    return text;
}

}  // namespace cardea::session
