// SPDX-License-Identifier: Apache-2.0
#include "cardea/jose/jwe.h"

#include <iostream>

namespace jose = cardea::jose;

int main() {
    cardea::SystemRandom random;
    // [reader]
    // The reader makes a key pair once, keeps it, and publishes to_json(), which is the public half.
    jose::Jwk pair(cardea::crypto::PrivateKey::generate(cardea::crypto::KeyKind::x25519));
    pair.set_kid(pair.thumbprint()).set_alg("ECDH-ES").set_use("enc");
    const std::string published = pair.to_json();
    // [/reader]

    // [write]
    const auto recipient = jose::EncryptionKey::make(jose::Jwk::parse(published).value());
    const jose::JweEncrypter encrypter(recipient.value(), jose::ContentEncryption::a256gcm);
    const auto jwe = encrypter.encrypt(cardea::as_bytes("for your eyes only"), random, {.typ = "letter"});
    // [/write]
    if (!jwe) {
        return 1;
    }

    // [read]
    const auto own = jose::DecryptionKey::make(pair);
    const jose::JweDecrypter decrypter({own.value()}, {jose::ContentEncryption::a256gcm});
    const auto opened = decrypter.decrypt(*jwe);
    if (!opened) {
        return 1;  // opened.error() is for the log, not for whoever sent it
    }
    std::cout << opened->header.find_text("typ").value_or("") << ": " << opened->plaintext.expose() << "\n";
    // [/read]
    return opened->plaintext.expose() == "for your eyes only" ? 0 : 1;
}
