// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/crypto/ecdh.h"
#include "cardea/jose/jwe.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cardea::testing {

/// Keys, and who writes and reads with them.
class JweFixture : public ::testing::Test {
 protected:
    jose::Jwk secret(std::size_t size) {
        Bytes bytes(size);
        random_.fill(bytes);
        return jose::Jwk::symmetric(SecretText(as_text(bytes))).value();
    }
    jose::Jwk pair(crypto::KeyKind curve = crypto::KeyKind::p256) {
        return jose::Jwk(crypto::make_agreement_key(curve, random_));
    }
    jose::JweEncrypter writer(
        const jose::Jwk& jwk,
        jose::JweAlgorithm algorithm,
        jose::ContentEncryption encryption = jose::ContentEncryption::a128gcm
    ) {
        return {jose::EncryptionKey::make(jwk, algorithm).value(), encryption};
    }
    jose::JweDecrypter reader(const jose::Jwk& jwk, jose::JweAlgorithm algorithm) {
        return {{jose::DecryptionKey::make(jwk, algorithm).value()}, all_};
    }
    std::string written(const jose::Jwk& jwk, jose::JweAlgorithm algorithm) {
        return writer(jwk, algorithm).encrypt(as_bytes("message"), random_).value();
    }

    FakeRandom random_;
    const std::vector<jose::ContentEncryption> all_ = jose::all_content_encryptions();
    jose::Jwk shared_ = secret(16);
    jose::JweDecrypter reader_ = reader(shared_, jose::JweAlgorithm::a128kw);
};

/// The five parts of a compact JWE.
inline std::vector<std::string> split(const std::string& jwe) {
    std::vector<std::string> parts(1);
    for (const char c : jwe) {
        if (c == '.') {
            parts.emplace_back();
        } else {
            parts.back() += c;
        }
    }
    return parts;
}

inline std::string join(const std::vector<std::string>& parts) {
    std::string jwe = parts[0];
    for (std::size_t i = 1; i < parts.size(); ++i) {
        jwe += "." + parts[i];
    }
    return jwe;
}

}  // namespace cardea::testing
