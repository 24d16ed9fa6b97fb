// SPDX-License-Identifier: Apache-2.0
#include "cardea/jose/jwk.h"

#include <algorithm>
#include <array>

namespace cardea::jose {
namespace {

constexpr std::size_t max_secret_size = 4096;
constexpr JsonLimits limits{.bytes = std::size_t{64} << 10U, .depth = 8, .values = 1000, .members = 50};

/// Whether it is JSON as a JWK or a JWK Set is: however it is laid out.
bool is_json_key(std::string_view text) {
    const Result<Json> json = parse_json(text, limits);
    return json && (json->find("kty") != nullptr || json->find("keys") != nullptr);
}

/// Whether a public key is about to become an HMAC secret, as in the attacks on other libraries.
bool looks_like_another_key(std::string_view secret) {
    constexpr std::string_view blanks = " \t\r\n";
    const std::string_view text = secret.substr(std::min(secret.find_first_not_of(blanks), secret.size()));
    return text.starts_with("ssh-") || text.starts_with("ecdsa-sha2-") || text.contains("-----BEGIN ") ||
           text.contains("---- BEGIN ") || (text.starts_with('{') && is_json_key(text));
}

/// The member as text; an absent one is empty.
Result<std::string> read_text(const Json& json, std::string_view name) {
    const Json* member = json.find(name);
    if (member == nullptr) {
        return std::string();
    }
    const std::optional<std::string_view> text = member->as_text();
    if (!text) {
        return fail(Errc::malformed, "jwk: a member that should be text");
    }
    return std::string(*text);
}

}  // namespace

Result<Jwk> Jwk::symmetric(SecretText secret) {
    if (secret.empty() || secret.size() > max_secret_size) {
        return fail(Errc::invalid, "jwk: a secret that is empty or longer than 4096 bytes");
    }
    if (looks_like_another_key(secret.expose())) {
        return fail(Errc::invalid, "jwk: a secret that is a key of another kind");
    }
    return Jwk(Material(std::make_shared<const SecretText>(std::move(secret))));
}

Result<Jwk> Jwk::parse(std::string_view text) {
    const Result<Json> json = parse_json(text, limits);
    if (!json) {
        return std::unexpected(json.error());
    }
    return from_json(*json);
}

Result<Jwk> Jwk::from_json(const Json& json) {
    Result<Jwk> jwk = read_material(json);
    if (!jwk) {
        return jwk;
    }
    if (Result<> read = jwk->read_attributes(json); !read) {
        return propagate(read);
    }
    return jwk;
}

Result<Jwk> Jwk::from_pem(std::string_view pem) {
    if (pem.contains("PRIVATE KEY-----")) {
        Result<crypto::PrivateKey> key = crypto::PrivateKey::from_pem(pem);
        return key ? Result<Jwk>(Jwk(std::move(*key))) : Result<Jwk>(propagate(key));
    }
    Result<crypto::PublicKey> key = crypto::PublicKey::from_pem(pem);
    return key ? Result<Jwk>(Jwk(std::move(*key))) : Result<Jwk>(propagate(key));
}

Result<> Jwk::read_attributes(const Json& json) {
    for (const auto& [name, member] :
         {std::pair("kid", &Jwk::kid_), std::pair("alg", &Jwk::alg_), std::pair("use", &Jwk::use_)}) {
        Result<std::string> text = read_text(json, name);
        if (!text) {
            return propagate(text);
        }
        this->*member = std::move(*text);
    }
    if (const Json* operations = json.find("key_ops")) {
        const Result<std::uint8_t> bits = read_operations(*operations);
        if (!bits) {
            return std::unexpected(bits.error());
        }
        operations_ = *bits;
    }
    return {};
}

const SecretText* Jwk::symmetric() const noexcept {
    const Shared* secret = std::get_if<Shared>(&material_);
    return secret != nullptr ? secret->get() : nullptr;
}

const crypto::PublicKey* Jwk::public_key() const noexcept {
    const crypto::PrivateKey* pair = private_key();
    return pair != nullptr ? &pair->public_key() : std::get_if<crypto::PublicKey>(&material_);
}

const crypto::PrivateKey* Jwk::private_key() const noexcept {
    return std::get_if<crypto::PrivateKey>(&material_);
}

Jwk& Jwk::set_kid(std::string kid) {
    kid_ = std::move(kid);
    return *this;
}

Jwk& Jwk::set_alg(std::string_view alg) {
    alg_ = alg;
    return *this;
}

Jwk& Jwk::set_use(std::string_view use) {
    use_ = use;
    return *this;
}

bool Jwk::allows(KeyOperation operation) const noexcept {
    const bool signs = operation == KeyOperation::sign || operation == KeyOperation::verify;
    const bool use_allows = use_.empty() || use_ == (signs ? "sig" : "enc");
    return use_allows && (!operations_ || (*operations_ >> static_cast<unsigned>(operation) & 1U) != 0);
}

std::string Jwk::to_json() const {
    return write(false);
}

SecretText Jwk::to_private_json() const {
    std::string text = write(true);
    SecretText json(text);
    wipe(text.data(), text.size());
    return json;
}

}  // namespace cardea::jose
