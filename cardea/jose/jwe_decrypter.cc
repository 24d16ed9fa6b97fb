// SPDX-License-Identifier: Apache-2.0
#include "cardea/jose/detail/header.h"
#include "cardea/jose/detail/jwe_parts.h"
#include "cardea/jose/detail/key_management.h"
#include "cardea/jose/jwe.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace cardea::jose {
namespace {

/// What the header of a recipient says about how to go on.
struct Instructions {
    JweAlgorithm algorithm;
    ContentEncryption encryption;
    std::optional<std::string_view> kid;
};

Result<Instructions> read_instructions(const Json& header) {
    if (Result<> known = detail::check_crit(header, {}); !known) {
        return propagate(known);
    }
    if (header.find("zip") != nullptr) {
        return fail(Errc::unsupported, "jwe: zip");
    }
    const std::optional<std::string_view> alg = header.find_text("alg");
    const std::optional<std::string_view> enc = header.find_text("enc");
    const std::optional<std::string_view> kid = header.find_text("kid");
    if (!alg || !enc || (header.find("kid") != nullptr && !kid)) {
        return fail(Errc::malformed, "jwe: alg, enc or kid");
    }
    const std::optional<JweAlgorithm> algorithm = parse_jwe_algorithm(*alg);
    const std::optional<ContentEncryption> encryption = parse_content_encryption(*enc);
    if (!algorithm || !encryption) {
        return fail(Errc::unsupported, "jwe: this alg or enc");
    }
    return Instructions{*algorithm, *encryption, kid};
}

bool fits(const DecryptionKey& key, const Instructions& instructions) {
    const std::string& kid = key.jwk().kid();
    const bool is_named = !instructions.kid || kid.empty() || *instructions.kid == kid;
    const bool takes_it = key.encryption().value_or(instructions.encryption) == instructions.encryption;
    return key.algorithm() == instructions.algorithm && is_named && takes_it;
}

/// A key of the right size and of no use.
detail::ContentKey stand_in(ContentEncryption encryption) {
    return {encryption, SecretText(std::string(key_size(encryption), '\0'))};
}

Result<SecretText> open_with(
    const DecryptionKey& key,
    ContentEncryption encryption,
    const detail::JweRecipient& recipient,
    const detail::JweParts& parts
) {
    Result<detail::ContentKey> recovered =
        detail::recover_content_key(key, encryption, recipient.header, recipient.encrypted_key);
    if (!recovered && recovered.error().code != Errc::signature_invalid) {
        return std::unexpected(std::move(recovered).error());
    }
    // RFC 7516 section 11.5: a key that does not unwrap takes as long as content that does not open.
    const bool is_recovered = recovered.has_value();
    const detail::ContentKey content_key = is_recovered ? *std::move(recovered) : stand_in(encryption);
    Result<SecretText> plaintext =
        detail::open_content(content_key, parts.content, as_bytes(parts.associated_data));
    if (!is_recovered || !plaintext) {
        return fail(Errc::signature_invalid, "jwe");
    }
    return plaintext;
}

using Keys = std::span<const DecryptionKey>;
using Encryptions = std::span<const ContentEncryption>;

/// Of several refusals, that a key did not open it says more than that another was not for it.
void note(Error& refusal, Error next) {
    if (refusal.code != Errc::signature_invalid) {
        refusal = std::move(next);
    }
}

Result<SecretText> open_for(
    const detail::JweRecipient& recipient, const detail::JweParts& parts, Keys keys, Encryptions accepted
) {
    const Result<Instructions> instructions = read_instructions(recipient.header);
    if (!instructions) {
        return std::unexpected(instructions.error());
    }
    if (std::ranges::find(accepted, instructions->encryption) == accepted.end()) {
        return fail(Errc::unsupported, "jwe: an encryption that is not accepted");
    }
    Error refusal{Errc::not_found, "jwe: key", {}, {}};
    for (const DecryptionKey& key : keys) {
        if (!fits(key, *instructions)) {
            continue;
        }
        Result<SecretText> opened = open_with(key, instructions->encryption, recipient, parts);
        if (opened) {
            return opened;
        }
        note(refusal, std::move(opened).error());
    }
    return std::unexpected(std::move(refusal));
}

Result<OpenedJwe> open(Result<detail::JweParts> parts, Keys keys, Encryptions accepted) {
    if (!parts) {
        return propagate(parts);
    }
    Error refusal;
    for (const detail::JweRecipient& recipient : parts->recipients) {
        Result<SecretText> opened = open_for(recipient, *parts, keys, accepted);
        if (opened) {
            return OpenedJwe{
                *std::move(opened), std::move(parts->protected_header), std::string(as_text(parts->aad))
            };
        }
        note(refusal, std::move(opened).error());
    }
    return std::unexpected(std::move(refusal));
}

}  // namespace

JweDecrypter::JweDecrypter(std::vector<DecryptionKey> keys, std::vector<ContentEncryption> accepted)
    : keys_(std::move(keys)), accepted_(std::move(accepted)) {}

Result<OpenedJwe> JweDecrypter::decrypt(std::string_view compact) const {
    return open(detail::read_compact_jwe(compact), keys_, accepted_);
}

Result<OpenedJwe> JweDecrypter::decrypt_json(std::string_view json) const {
    return open(detail::read_json_jwe(json), keys_, accepted_);
}

}  // namespace cardea::jose
