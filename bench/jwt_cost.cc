// SPDX-License-Identifier: Apache-2.0
// What signing and verifying a token costs, beside the bare operation of OpenSSL (of libsodium for EdDSA) on
// the same bytes: for HS256 the HMAC and the decoding that nobody can leave out.
#include "cardea/base/base64url.h"
#include "cardea/jose/jwt.h"

#include <benchmark/benchmark.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <sodium.h>

#include <array>
#include <cstdlib>
#include <memory>
#include <string>

namespace cardea::jose {
namespace {

const Time now(std::chrono::seconds(1'700'000'000));

Jwk make_jwk(JwsAlgorithm algorithm) {
    SystemRandom random;
    return generate_key(algorithm, random);
}

/// A token as an API gets it, with the keys in both libraries' forms.
struct Fixture {
    explicit Fixture(JwsAlgorithm algorithm)
        : jwk(make_jwk(algorithm)),
          key(SigningKey::make(jwk).value()),
          keys(VerificationKey::make(jwk).value()),
          verifier(
              keys,
              {.algorithms = algorithm,
               .issuer = Accepted::only("https://id.example.com"),
               .audience = Accepted::only("https://api.example.com")}
          ),
          claims(Claims()
                     .issuer("https://id.example.com")
                     .subject("01890a5d-ac96-774b-bcce-b302099a8057")
                     .audience("https://api.example.com")
                     .issued_at(now)
                     .expires_at(now + std::chrono::minutes(15))
                     .id("7Wn1yQwzRr2Gm3TjV8sK0A")
                     .set("scope", Json(std::string("read:orders write:orders")))),
          token(sign_jwt(key, claims).value()),
          text(token.substr(0, token.rfind('.'))),
          signature(base64url_decode(std::string_view(token).substr(token.rfind('.') + 1)).value()) {}

    Jwk jwk;
    SigningKey key;
    KeySet keys;
    JwtVerifier verifier;
    Claims claims;
    std::string token;
    std::string text;
    Bytes signature;
};

void check(bool right) {
    if (!right) {
        std::abort();
    }
}

void verify_token(benchmark::State& state, JwsAlgorithm algorithm) {
    const Fixture fixture(algorithm);
    for (auto _ : state) {
        check(fixture.verifier.verify(fixture.token, now).has_value());
    }
}

void sign_token(benchmark::State& state, JwsAlgorithm algorithm) {
    const Fixture fixture(algorithm);
    for (auto _ : state) {
        check(sign_jwt(fixture.key, fixture.claims).has_value());
    }
}

using Pkey = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;

Pkey openssl_key(const Jwk& jwk) {
    const SecretText pem = jwk.private_key()->to_pem();
    BIO* memory = BIO_new_mem_buf(pem.expose().data(), static_cast<int>(pem.size()));
    Pkey key(PEM_read_bio_PrivateKey(memory, nullptr, nullptr, nullptr), EVP_PKEY_free);
    BIO_free(memory);
    return key;
}

const unsigned char* bytes(const std::string& text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

void bare_sign(benchmark::State& state, JwsAlgorithm algorithm) {
    const Fixture fixture(algorithm);
    const Pkey key = openssl_key(fixture.jwk);
    std::array<unsigned char, 512> signature{};
    for (auto _ : state) {
        const Context context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
        std::size_t size = signature.size();
        check(
            EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) == 1 &&
            EVP_DigestSign(
                context.get(), signature.data(), &size, bytes(fixture.text), fixture.text.size()
            ) == 1
        );
    }
}

void bare_verify(benchmark::State& state, JwsAlgorithm algorithm) {
    const Fixture fixture(algorithm);
    const Pkey key = openssl_key(fixture.jwk);
    std::array<unsigned char, 512> signature{};
    std::size_t size = signature.size();
    const Context signing(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    check(EVP_DigestSignInit(signing.get(), nullptr, EVP_sha256(), nullptr, key.get()) == 1);
    check(
        EVP_DigestSign(signing.get(), signature.data(), &size, bytes(fixture.text), fixture.text.size()) == 1
    );
    for (auto _ : state) {
        const Context context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
        check(
            EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) == 1 &&
            EVP_DigestVerify(
                context.get(), signature.data(), size, bytes(fixture.text), fixture.text.size()
            ) == 1
        );
    }
}

struct SodiumKey {
    std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> public_half{};
    std::array<unsigned char, crypto_sign_SECRETKEYBYTES> whole{};

    explicit SodiumKey(const Jwk& jwk) {
        check(sodium_init() >= 0);
        crypto_sign_seed_keypair(public_half.data(), whole.data(), jwk.private_key()->d().data());
    }
};

void bare_sign_eddsa(benchmark::State& state) {
    const Fixture fixture(JwsAlgorithm::eddsa);
    const SodiumKey key(fixture.jwk);
    std::array<unsigned char, crypto_sign_BYTES> signature{};
    for (auto _ : state) {
        crypto_sign_detached(
            signature.data(), nullptr, bytes(fixture.text), fixture.text.size(), key.whole.data()
        );
        benchmark::DoNotOptimize(signature);
    }
}

void bare_verify_eddsa(benchmark::State& state) {
    const Fixture fixture(JwsAlgorithm::eddsa);
    const SodiumKey key(fixture.jwk);
    for (auto _ : state) {
        check(
            crypto_sign_verify_detached(
                fixture.signature.data(), bytes(fixture.text), fixture.text.size(), key.public_half.data()
            ) == 0
        );
    }
}

void bare_hmac(const Fixture& fixture, std::array<unsigned char, 32>& mac) {
    const std::string_view secret = fixture.jwk.symmetric()->expose();
    unsigned size = 0;
    HMAC(
        EVP_sha256(),
        secret.data(),
        static_cast<int>(secret.size()),
        bytes(fixture.text),
        fixture.text.size(),
        mac.data(),
        &size
    );
}

void bare_sign_hs256(benchmark::State& state) {
    const Fixture fixture(JwsAlgorithm::hs256);
    std::array<unsigned char, 32> mac{};
    for (auto _ : state) {
        bare_hmac(fixture, mac);
        benchmark::DoNotOptimize(mac);
    }
}

/// The HMAC, and the three parts decoded and read as JSON.
void bare_verify_hs256(benchmark::State& state) {
    const Fixture fixture(JwsAlgorithm::hs256);
    const std::string_view token = fixture.token;
    const std::size_t first = token.find('.');
    const std::size_t second = token.rfind('.');
    std::array<unsigned char, 32> mac{};
    for (auto _ : state) {
        bare_hmac(fixture, mac);
        const Bytes header = base64url_decode(token.substr(0, first)).value();
        const Bytes payload = base64url_decode(token.substr(first + 1, second - first - 1)).value();
        const Bytes signature = base64url_decode(token.substr(second + 1)).value();
        check(constant_time_equal(mac, signature));
        check(parse_json(as_text(header)).has_value() && parse_json(as_text(payload)).has_value());
    }
}

BENCHMARK(bare_verify_hs256);
BENCHMARK_CAPTURE(verify_token, hs256, JwsAlgorithm::hs256);
BENCHMARK_CAPTURE(bare_verify, rs256, JwsAlgorithm::rs256);
BENCHMARK_CAPTURE(verify_token, rs256, JwsAlgorithm::rs256);
BENCHMARK_CAPTURE(bare_verify, es256, JwsAlgorithm::es256);
BENCHMARK_CAPTURE(verify_token, es256, JwsAlgorithm::es256);
BENCHMARK(bare_verify_eddsa);
BENCHMARK_CAPTURE(verify_token, eddsa, JwsAlgorithm::eddsa);
BENCHMARK(bare_sign_hs256);
BENCHMARK_CAPTURE(sign_token, hs256, JwsAlgorithm::hs256);
BENCHMARK_CAPTURE(bare_sign, rs256, JwsAlgorithm::rs256);
BENCHMARK_CAPTURE(sign_token, rs256, JwsAlgorithm::rs256);
BENCHMARK_CAPTURE(bare_sign, es256, JwsAlgorithm::es256);
BENCHMARK_CAPTURE(sign_token, es256, JwsAlgorithm::es256);
BENCHMARK(bare_sign_eddsa);
BENCHMARK_CAPTURE(sign_token, eddsa, JwsAlgorithm::eddsa);

}  // namespace
}  // namespace cardea::jose

BENCHMARK_MAIN();
