// SPDX-License-Identifier: Apache-2.0
// The members of a JWK (RFC 7517 section 4, RFC 7518 section 6, RFC 8037 section 2), read and written.
#include "cardea/base/base64url.h"
#include "cardea/base/json_writer.h"
#include "cardea/crypto/sha256.h"
#include "cardea/jose/jwk.h"

#include <algorithm>
#include <array>

namespace cardea::jose {
namespace {

using crypto::KeyKind;

struct Curve {
    std::string_view name;
    std::string_view kty;
    KeyKind kind;
};

constexpr std::array<std::string_view, 8> operation_names{
    "sign", "verify", "encrypt", "decrypt", "wrapKey", "unwrapKey", "deriveKey", "deriveBits"
};

constexpr std::array<Curve, 5> curves{{
    {"P-256", "EC", KeyKind::p256},
    {"P-384", "EC", KeyKind::p384},
    {"P-521", "EC", KeyKind::p521},
    {"Ed25519", "OKP", KeyKind::ed25519},
    {"X25519", "OKP", KeyKind::x25519},
}};

/// The bytes of a member, wiped when they go, since they may be secret; absent or malformed ones are empty,
/// which no number of a key is.
class MemberBytes {
 public:
    MemberBytes(const Json& json, std::string_view name) {
        const std::optional<std::string_view> text = json.find_text(name);
        Result<Bytes> read = base64url_decode(text.value_or(""));
        if (read) {
            bytes_ = std::move(*read);
        }
    }
    ~MemberBytes() { wipe(bytes_.data(), bytes_.size()); }
    MemberBytes(const MemberBytes&) = delete;
    MemberBytes& operator=(const MemberBytes&) = delete;

    // NOLINTNEXTLINE(google-explicit-constructor): it is nothing but bytes
    operator ByteView() const noexcept { return bytes_; }

 private:
    Bytes bytes_;
};

/// What goes on as a Jwk, or the refusal.
template <class Key>
Result<Jwk> wrap(Result<Key> key) {
    if (!key) {
        return propagate(key);
    }
    return Jwk(std::move(*key));
}

Result<Jwk> read_rsa(const Json& json) {
    const MemberBytes n(json, "n");
    const MemberBytes e(json, "e");
    if (json.find("d") == nullptr) {
        return wrap(crypto::PublicKey::rsa(n, e));
    }
    if (json.find("oth") != nullptr || json.find("p") == nullptr) {
        return fail(Errc::unsupported, "jwk: an RSA private key that does not have two primes");
    }
    const MemberBytes d(json, "d");
    const MemberBytes p(json, "p");
    const MemberBytes q(json, "q");
    const MemberBytes dp(json, "dp");
    const MemberBytes dq(json, "dq");
    const MemberBytes qi(json, "qi");
    return wrap(crypto::PrivateKey::rsa({n, e, d, p, q, dp, dq, qi}));
}

Result<Jwk> read_curve(const Json& json, std::string_view kty) {
    const std::optional<std::string_view> crv = json.find_text("crv");
    if (!crv) {
        return fail(Errc::malformed, "jwk: crv");
    }
    const auto curve = std::ranges::find(curves, *crv, &Curve::name);
    if (curve == curves.end() || curve->kty != kty) {
        return fail(Errc::unsupported, "jwk: a curve that is not done here");
    }
    const MemberBytes x(json, "x");
    const MemberBytes y(json, "y");
    const bool is_private = json.find("d") != nullptr;
    const MemberBytes d(json, "d");
    if (kty == "OKP") {
        return is_private ? wrap(crypto::PrivateKey::okp(curve->kind, x, d))
                          : wrap(crypto::PublicKey::okp(curve->kind, x));
    }
    return is_private ? wrap(crypto::PrivateKey::ec(curve->kind, x, y, d))
                      : wrap(crypto::PublicKey::ec(curve->kind, x, y));
}

const Curve& curve_of(KeyKind kind) {
    return *std::ranges::find(curves, kind, &Curve::kind);
}

void write_bytes(JsonWriter& json, std::string_view name, ByteView bytes) {
    std::string text(base64url_size(bytes.size()), '\0');
    base64url_encode(bytes, text);
    json.member(name, text);
    wipe(text.data(), text.size());
}

/// The members that identify a public key, in the order of their names (RFC 7638 section 3.2).
void write_public(JsonWriter& json, const crypto::PublicKey& key) {
    if (key.kind() == KeyKind::rsa) {
        write_bytes(json, "e", key.e());
        json.member("kty", "RSA");
        write_bytes(json, "n", key.n());
        return;
    }
    const Curve& curve = curve_of(key.kind());
    json.member("crv", curve.name).member("kty", curve.kty);
    write_bytes(json, "x", key.x());
    if (curve.kty == "EC") {
        write_bytes(json, "y", key.y());
    }
}

void write_private(JsonWriter& json, const crypto::PrivateKey& key) {
    write_bytes(json, "d", key.d());
    if (key.kind() == KeyKind::rsa) {
        const crypto::RsaNumbers numbers = key.rsa_numbers();
        write_bytes(json, "p", numbers.p);
        write_bytes(json, "q", numbers.q);
        write_bytes(json, "dp", numbers.dp);
        write_bytes(json, "dq", numbers.dq);
        write_bytes(json, "qi", numbers.qi);
    }
}

}  // namespace

Result<std::uint8_t> Jwk::read_operations(const Json& operations) {
    std::uint8_t bits = 0;
    if (!operations.is_array()) {
        return fail(Errc::malformed, "jwk: key_ops");
    }
    for (const Json& one : operations.items()) {
        const std::optional<std::string_view> name = one.as_text();
        if (!name || std::ranges::count(operations.items(), one) > 1) {
            return fail(Errc::malformed, "jwk: key_ops");
        }
        const auto found = std::ranges::find(operation_names, *name);
        if (found != operation_names.end()) {
            bits |= static_cast<std::uint8_t>(1U << (found - operation_names.begin()));
        }
    }
    return bits;
}

void Jwk::write_operations(JsonWriter& json) const {
    if (!operations_) {
        return;
    }
    json.key("key_ops").begin_array();
    for (std::size_t i = 0; i < operation_names.size(); ++i) {
        if ((*operations_ >> i & 1U) != 0) {
            json.value(operation_names[i]);
        }
    }
    json.end_array();
}

Result<Jwk> Jwk::read_material(const Json& json) {
    const std::optional<std::string_view> kty = json.find_text("kty");
    if (!kty) {
        return fail(Errc::malformed, "jwk: kty");
    }
    if (*kty == "RSA") {
        return read_rsa(json);
    }
    if (*kty == "EC" || *kty == "OKP") {
        return read_curve(json, *kty);
    }
    if (*kty == "oct") {
        const MemberBytes k(json, "k");
        return symmetric(SecretText(as_text(k)));
    }
    return fail(Errc::unsupported, "jwk: a key type that is not done here");
}

std::string Jwk::thumbprint() const {
    std::string text;
    JsonWriter json(text);
    json.begin_object();
    if (const SecretText* secret = symmetric()) {
        text.reserve(64 + base64url_size(secret->size()));  // so that no copy of it is left behind
        write_bytes(json, "k", as_bytes(secret->expose()));
        json.member("kty", "oct");
    } else {
        write_public(json, *public_key());
    }
    json.end_object();
    const std::string thumbprint = base64url_encode(crypto::sha256(as_bytes(text)));
    wipe(text.data(), text.size());
    return thumbprint;
}

std::string Jwk::write(bool with_secrets) const {
    std::string text;
    text.reserve((std::size_t{16} << 10U) + 8 * (kid_.size() + alg_.size() + use_.size()));  // wiped as one
    JsonWriter json(text);
    json.begin_object();
    if (const SecretText* secret = symmetric()) {
        json.member("kty", "oct");
        if (with_secrets) {
            write_bytes(json, "k", as_bytes(secret->expose()));
        }
    } else {
        write_public(json, *public_key());
    }
    if (const crypto::PrivateKey* key = private_key(); key != nullptr && with_secrets) {
        write_private(json, *key);
    }
    for (const auto& [name, value] :
         {std::pair("kid", &kid_), std::pair("alg", &alg_), std::pair("use", &use_)}) {
        if (!value->empty()) {
            json.member(name, *value);
        }
    }
    write_operations(json);
    json.end_object();
    return text;
}

}  // namespace cardea::jose
