// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/base64url.h"
#include "cardea/base/json_writer.h"
#include "cardea/jose/detail/content_cipher.h"
#include "cardea/jose/detail/key_management.h"
#include "cardea/jose/jwe.h"

#include <algorithm>
#include <span>
#include <utility>

namespace cardea::jose {
namespace {

/// What is written, and under which names.
struct Message {
    ContentEncryption encryption;
    ByteView plaintext;
    const JweOptions& options;
};

/// The content encrypted under its protected header, and with which key for a single recipient.
struct Envelope {
    std::string protected_header;
    detail::SealedContent content;
    Bytes encrypted_key;
};

void add_text(Json::Object& header, std::string name, std::string_view value) {
    if (!value.empty()) {
        header.push_back({std::move(name), Json(std::string(value))});
    }
}

/// The members that are about one recipient.
Json::Object recipient_header(const EncryptionKey& key, Json::Object parameters) {
    Json::Object header;
    add_text(header, "alg", name(key.algorithm()));
    add_text(header, "kid", key.jwk().kid());
    std::ranges::move(parameters, std::back_inserter(header));
    return header;
}

/// The members that are about the message.
void add_message_header(Json::Object& header, const Message& message) {
    add_text(header, "enc", name(message.encryption));
    add_text(header, "typ", message.options.typ);
    add_text(header, "cty", message.options.cty);
}

Envelope seal(Json::Object header, const detail::ContentKey& key, const Message& message, Random& random) {
    add_message_header(header, message);
    std::string protected_header = base64url_encode(as_bytes(to_string(Json(std::move(header)))));
    std::string associated_data = protected_header;
    if (!message.options.aad.empty()) {
        associated_data.append(".").append(base64url_encode(as_bytes(message.options.aad)));
    }
    detail::SealedContent content =
        detail::seal_content(key, message.plaintext, as_bytes(associated_data), random);
    return {std::move(protected_header), std::move(content), {}};
}

Result<> check(std::span<const EncryptionKey> recipients, const Message& message) {
    if (message.plaintext.size() > max_jwe_size || recipients.size() > max_jwe_recipients) {
        return fail(Errc::too_large, "jwe: plaintext or recipients");
    }
    const bool names_parties = !message.options.apu.empty() || !message.options.apv.empty();
    const bool is_agreed = std::ranges::all_of(recipients, uses_ecdh, &EncryptionKey::algorithm);
    if (recipients.empty() || (names_parties && !is_agreed)) {
        return fail(Errc::invalid, "jwe: apu or apv without ECDH-ES, or nobody to write to");
    }
    return {};
}

detail::Parties parties_of(const Message& message) {
    return {as_bytes(message.options.apu), as_bytes(message.options.apv)};
}

Result<Envelope> seal_for_one(const EncryptionKey& recipient, const Message& message, Random& random) {
    Result<detail::ManagedKey> key =
        detail::make_managed_key(recipient, message.encryption, parties_of(message), random);
    if (!key) {
        return propagate(key);
    }
    Json::Object header = recipient_header(recipient, std::move(key->encrypted_key.parameters));
    Envelope envelope = seal(std::move(header), key->content_key, message, random);
    envelope.encrypted_key = std::move(key->encrypted_key.bytes);
    return envelope;
}

void append_bytes(JsonWriter& json, std::string_view member, ByteView bytes) {
    if (!bytes.empty()) {
        json.member(member, base64url_encode(bytes));
    }
}

void append_envelope(JsonWriter& json, const Envelope& envelope, const JweOptions& options) {
    json.member("protected", envelope.protected_header);
    append_bytes(json, "aad", as_bytes(options.aad));
    json.member("iv", base64url_encode(envelope.content.iv));
    json.member("ciphertext", base64url_encode(envelope.content.ciphertext));
    json.member("tag", base64url_encode(envelope.content.tag));
}

std::string write_compact(const Envelope& envelope) {
    std::string text = envelope.protected_header;
    for (const ByteView part :
         {ByteView(envelope.encrypted_key),
          ByteView(envelope.content.iv),
          ByteView(envelope.content.ciphertext),
          ByteView(envelope.content.tag)}) {
        text.append(".").append(base64url_encode(part));
    }
    return text;
}

std::string write_flattened(const Envelope& envelope, const JweOptions& options) {
    std::string text;
    JsonWriter json(text);
    json.begin_object();
    append_bytes(json, "encrypted_key", envelope.encrypted_key);
    append_envelope(json, envelope, options);
    json.end_object();
    return text;
}

/// One content key, wrapped for each.
Result<std::string> write_general(
    std::span<const EncryptionKey> recipients, const Message& message, Random& random
) {
    const detail::ContentKey content_key = detail::make_content_key(message.encryption, random);
    std::string text;
    JsonWriter json(text);
    json.begin_object().key("recipients").begin_array();
    for (const EncryptionKey& recipient : recipients) {
        Result<detail::EncryptedKey> key =
            detail::wrap_content_key(recipient, content_key, parties_of(message), random);
        if (!key) {
            return propagate(key);
        }
        json.begin_object();
        json.member("header", Json(recipient_header(recipient, std::move(key->parameters))));
        json.member("encrypted_key", base64url_encode(key->bytes)).end_object();
    }
    json.end_array();
    append_envelope(json, seal({}, content_key, message, random), message.options);
    json.end_object();
    return text;
}

Result<std::string> within_limits(std::string text) {
    if (text.size() > max_jwe_size) {
        return fail(Errc::too_large, "jwe");
    }
    return text;
}

}  // namespace

JweEncrypter::JweEncrypter(EncryptionKey recipient, ContentEncryption encryption)
    : recipients_{std::move(recipient)}, encryption_(encryption) {}

JweEncrypter::JweEncrypter(std::vector<EncryptionKey> recipients, ContentEncryption encryption)
    : recipients_(std::move(recipients)), encryption_(encryption) {}

Result<std::string> JweEncrypter::encrypt(ByteView plaintext, Random& random, const JweOptions& options)
    const {
    if (recipients_.size() != 1 || !options.aad.empty()) {
        return fail(Errc::invalid, "jwe: only the JSON serialization has room for that");
    }
    const Message message{encryption_, plaintext, options};
    if (const Result<> checked = check(recipients_, message); !checked) {
        return std::unexpected(checked.error());
    }
    const Result<Envelope> envelope = seal_for_one(recipients_.front(), message, random);
    if (!envelope) {
        return std::unexpected(envelope.error());
    }
    return within_limits(write_compact(*envelope));
}

Result<std::string> JweEncrypter::encrypt_json(ByteView plaintext, Random& random, const JweOptions& options)
    const {
    const Message message{encryption_, plaintext, options};
    if (const Result<> checked = check(recipients_, message); !checked) {
        return std::unexpected(checked.error());
    }
    if (recipients_.size() > 1) {
        Result<std::string> text = write_general(recipients_, message, random);
        return text ? within_limits(*std::move(text)) : text;
    }
    const Result<Envelope> envelope = seal_for_one(recipients_.front(), message, random);
    if (!envelope) {
        return std::unexpected(envelope.error());
    }
    return within_limits(write_flattened(*envelope, options));
}

}  // namespace cardea::jose
