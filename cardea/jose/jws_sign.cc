// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/base64url.h"
#include "cardea/base/json_writer.h"
#include "cardea/jose/jws.h"

namespace cardea::jose {
namespace {

std::string make_header(const SigningKey& key, const JwsOptions& options) {
    std::string text;
    JsonWriter json(text);
    json.begin_object().member("alg", name(key.algorithm()));
    if (options.payload == PayloadForm::detached_unencoded) {
        json.member("b64", false).key("crit").begin_array().value("b64").end_array();
    }
    if (!options.cty.empty()) {
        json.member("cty", options.cty);
    }
    if (!key.kid().empty()) {
        json.member("kid", key.kid());
    }
    if (!options.typ.empty()) {
        json.member("typ", options.typ);
    }
    json.end_object();
    return base64url_encode(as_bytes(text));
}

/// The payload as it is signed.
std::string signed_form(ByteView payload, const JwsOptions& options) {
    return options.payload == PayloadForm::detached_unencoded ? std::string(as_text(payload))
                                                              : base64url_encode(payload);
}

struct Made {
    std::string header;
    std::string signature;
};

Result<Made> make_signature(const SigningKey& key, const std::string& payload, const JwsOptions& options) {
    Made made{make_header(key, options), {}};
    const Result<Bytes> signature = key.sign(as_bytes(made.header + '.' + payload));
    if (!signature) {
        return std::unexpected(signature.error());
    }
    made.signature = base64url_encode(*signature);
    return made;
}

}  // namespace

Result<std::string> sign_compact(const SigningKey& key, ByteView payload, const JwsOptions& options) {
    const std::string text = signed_form(payload, options);
    const Result<Made> made = make_signature(key, text, options);
    if (!made) {
        return std::unexpected(made.error());
    }
    const bool is_attached = options.payload == PayloadForm::attached;
    return made->header + '.' + (is_attached ? text : std::string()) + '.' + made->signature;
}

Result<std::string> sign_json(std::span<const SigningKey> keys, ByteView payload, const JwsOptions& options) {
    if (keys.empty()) {
        return fail(Errc::invalid, "jws: no key to sign with");
    }
    const std::string text = signed_form(payload, options);
    std::string out;
    JsonWriter json(out);
    json.begin_object();
    if (options.payload == PayloadForm::attached) {
        json.member("payload", text);
    }
    const bool is_general = keys.size() > 1;
    if (is_general) {
        json.key("signatures").begin_array();
    }
    for (const SigningKey& key : keys) {
        const Result<Made> made = make_signature(key, text, options);
        if (!made) {
            return std::unexpected(made.error());
        }
        if (is_general) {
            json.begin_object();
        }
        json.member("protected", made->header).member("signature", made->signature);
        if (is_general) {
            json.end_object();
        }
    }
    if (is_general) {
        json.end_array();
    }
    json.end_object();
    return out;
}

}  // namespace cardea::jose
