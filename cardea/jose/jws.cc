// SPDX-License-Identifier: Apache-2.0
#include "cardea/jose/jws.h"

#include "cardea/base/base64url.h"
#include "cardea/jose/detail/compact.h"
#include "cardea/jose/detail/header.h"
#include "cardea/jose/detail/signature.h"

namespace cardea::jose {
namespace {

constexpr std::size_t max_signatures = 8;
constexpr JsonLimits limits{.bytes = max_jws_size, .depth = 10, .values = 5000, .members = 50};

/// The text member of a JSON serialization; an absent one is empty, an empty one is refused.
Result<std::string_view> read_member(const Json& object, std::string_view name) {
    const Json* member = object.find(name);
    if (member == nullptr) {
        return std::string_view();
    }
    const std::string_view text = member->as_text().value_or("");
    if (text.empty()) {
        return fail(Errc::malformed, "jws: a member that should be text");
    }
    return text;
}

/// A signature that somebody else may understand, and we need not.
bool is_passed_over(const Error& error) {
    return error.code == Errc::unsupported || error.code == Errc::not_found;
}

}  // namespace

/// The payload of a JWS that is being verified.
struct JwsVerifier::Payload {
    std::string_view text = {};  ///< as it stands in the JWS
    bool is_detached = false;    ///< then it is this:
    ByteView bytes = {};

    /// What was signed after the header and its dot.
    [[nodiscard]] std::string signed_text(bool b64) const {
        if (!is_detached) {
            return std::string(text);
        }
        return b64 ? base64url_encode(bytes) : std::string(as_text(bytes));
    }

    /// What was meant; nothing when it came detached, since the caller has it.
    [[nodiscard]] Result<Bytes> value(bool b64) const {
        if (is_detached) {
            return Bytes();
        }
        const ByteView raw = as_bytes(text);
        return b64 ? base64url_decode(text) : Result<Bytes>(Bytes(raw.begin(), raw.end()));
    }
};

/// One signature of it.
struct JwsVerifier::Signature {
    std::string_view protected_text;
    std::string_view signature;
    const Json* unprotected = nullptr;
};

Result<VerifiedJws> JwsVerifier::verify_compact(std::string_view jws) const {
    return verify_parts(jws, {});
}

Result<VerifiedJws> JwsVerifier::verify_compact(std::string_view jws, ByteView payload) const {
    return verify_parts(jws, {.is_detached = true, .bytes = payload});
}

Result<VerifiedJws> JwsVerifier::verify_json(std::string_view jws) const {
    return verify_members(jws, {});
}

Result<VerifiedJws> JwsVerifier::verify_json(std::string_view jws, ByteView payload) const {
    return verify_members(jws, {.is_detached = true, .bytes = payload});
}

Result<VerifiedJws> JwsVerifier::verify_parts(std::string_view jws, Payload payload) const {
    if (jws.size() > max_jws_size) {
        return fail(Errc::too_large, "jws");
    }
    std::array<std::string_view, 3> parts;
    if (!detail::split_compact(jws, parts) || parts[0].empty() ||
        (payload.is_detached && !parts[1].empty())) {
        return fail(Errc::malformed, "jws: not a header, a payload and a signature");
    }
    payload.text = parts[1];
    const std::array<Signature, 1> signatures{{{parts[0], parts[2]}}};
    return verify_all(signatures, payload);
}

Result<VerifiedJws> JwsVerifier::verify_members(std::string_view jws, Payload payload) const {
    const Result<Json> json = parse_json(jws, limits);
    if (!json) {
        return std::unexpected(json.error());
    }
    const bool has_payload = json->find("payload") != nullptr;
    const std::optional<std::string_view> text = json->find_text("payload");
    const Json* list = json->find("signatures");
    const bool is_flattened = json->find("signature") != nullptr;
    if (has_payload == payload.is_detached || has_payload != text.has_value() ||
        (list != nullptr) == is_flattened) {
        return fail(Errc::malformed, "jws: not a payload and signatures");
    }
    payload.text = text.value_or("");
    const std::span<const Json> objects = list != nullptr ? list->items() : std::span(&*json, 1);
    if (objects.empty() || objects.size() > max_signatures) {
        return fail(Errc::malformed, "jws: no signature, or more than eight");
    }
    std::vector<Signature> signatures;
    for (const Json& object : objects) {
        const Result<std::string_view> protected_text = read_member(object, "protected");
        const Result<std::string_view> signature = read_member(object, "signature");
        if (!protected_text || !signature || !object.is_object()) {
            return fail(Errc::malformed, "jws: signature");
        }
        signatures.push_back({*protected_text, *signature, object.find("header")});
    }
    return verify_all(signatures, payload);
}

Result<VerifiedJws> JwsVerifier::verify_all(std::span<const Signature> signatures, const Payload& payload)
    const {
    VerifiedJws verified;
    Error passed_over;
    for (const Signature& signature : signatures) {
        Result<JwsHeader> header = verify_one(signature, payload);
        if (header) {
            verified.headers.push_back(std::move(*header));
        } else if (is_passed_over(header.error())) {
            passed_over = std::move(header).error();
        } else {
            return propagate(header);
        }
    }
    if (verified.headers.empty()) {
        return std::unexpected(std::move(passed_over));
    }
    const bool b64 = verified.headers.front().b64;
    for (const JwsHeader& header : verified.headers) {
        if (header.b64 != b64) {  // RFC 7797 section 3
            return fail(Errc::malformed, "jws: b64 differs between signatures");
        }
    }
    Result<Bytes> value = payload.value(b64);
    if (!value) {
        return fail(Errc::malformed, "jws: payload");
    }
    verified.payload = std::move(*value);
    return verified;
}

Result<JwsHeader> JwsVerifier::verify_one(const Signature& signature, const Payload& payload) const {
    Json protected_part;
    if (!signature.protected_text.empty()) {
        Result<Json> decoded = detail::decode_header(signature.protected_text);
        if (!decoded) {
            return propagate(decoded);
        }
        protected_part = std::move(*decoded);
    }
    Result<JwsHeader> header = detail::read_jws_header(
        signature.protected_text.empty() ? nullptr : &protected_part, signature.unprotected
    );
    if (!header) {
        return header;
    }
    std::string input(signature.protected_text);
    input += '.';
    input += payload.signed_text(header->b64);
    auto key = detail::verify_signature(keys_, accepted_, *header, {as_bytes(input), signature.signature});
    if (!key) {
        return propagate(key);
    }
    return header;
}

}  // namespace cardea::jose
