// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/jose/header.h"
#include "cardea/jose/key_source.h"

#include <span>
#include <vector>

namespace cardea::jose {

/// The longest JWS that is read.
inline constexpr std::size_t max_jws_size = std::size_t{16} << 20U;

/// How the payload travels.
enum class PayloadForm : std::uint8_t {
    attached,
    detached,            ///< beside the JWS (RFC 7515 appendix F)
    detached_unencoded,  ///< beside it, and signed as it is (RFC 7797): for what is large
};

/// What stands in the protected header besides `alg` and the key's `kid`; empty members are left out.
struct JwsOptions {
    std::string typ = {};
    std::string cty = {};
    PayloadForm payload = PayloadForm::attached;
};

/// The compact serialization (RFC 7515 section 7.1). Errc::internal when the crypto library cannot.
[[nodiscard]] Result<std::string> sign_compact(
    const SigningKey& key, ByteView payload, const JwsOptions& options = {}
);

/// The JSON serialization (section 7.2): flattened with one key, general with several. Errc::invalid without
/// any key.
[[nodiscard]] Result<std::string> sign_json(
    std::span<const SigningKey> keys, ByteView payload, const JwsOptions& options = {}
);

/// What a JWS said, after it verified.
struct VerifiedJws {
    Bytes payload;                   ///< empty when it came detached
    std::vector<JwsHeader> headers;  ///< of the signatures that verified; never empty
};

/// Verifies signatures of the algorithms it accepts with the keys of a source, which outlives it. Any thread
/// may use it.
///
/// Errc::malformed, too_large or unsupported for what cannot be read or is not done here; Errc::unsupported
/// for an algorithm that is not accepted; what KeySource::find fails with; Errc::signature_invalid.
class JwsVerifier {
 public:
    JwsVerifier(const KeySource& keys, JwsAlgorithms accepted) noexcept : keys_(keys), accepted_(accepted) {}
    JwsVerifier(const KeySource&&, JwsAlgorithms) = delete;

    [[nodiscard]] Result<VerifiedJws> verify_compact(std::string_view jws) const;
    /// The same for a JWS whose payload came separately.
    [[nodiscard]] Result<VerifiedJws> verify_compact(std::string_view jws, ByteView payload) const;

    /// The JSON serialization, at most eight signatures. Those of algorithms or keys that are not ours are
    /// passed over; every other one must verify, and at least one must be there.
    [[nodiscard]] Result<VerifiedJws> verify_json(std::string_view jws) const;
    [[nodiscard]] Result<VerifiedJws> verify_json(std::string_view jws, ByteView payload) const;

 private:
    struct Payload;
    struct Signature;

    [[nodiscard]] Result<VerifiedJws> verify_parts(std::string_view jws, Payload payload) const;
    [[nodiscard]] Result<VerifiedJws> verify_members(std::string_view jws, Payload payload) const;
    [[nodiscard]] Result<VerifiedJws> verify_all(
        std::span<const Signature> signatures, const Payload& payload
    ) const;
    [[nodiscard]] Result<JwsHeader> verify_one(const Signature& signature, const Payload& payload) const;

    const KeySource& keys_;
    JwsAlgorithms accepted_;
};

}  // namespace cardea::jose
