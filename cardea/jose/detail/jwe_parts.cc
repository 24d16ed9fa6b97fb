// SPDX-License-Identifier: Apache-2.0
#include "cardea/jose/detail/jwe_parts.h"

#include "cardea/base/base64url.h"
#include "cardea/jose/detail/compact.h"
#include "cardea/jose/detail/header.h"
#include "cardea/jose/jwe.h"

#include <algorithm>
#include <array>
#include <optional>

namespace cardea::jose::detail {
namespace {

Error malformed(std::string_view part) {
    return {Errc::malformed, "jwe: " + std::string(part), {}, {}};
}

/// Adds the members of `more`, an object or absent, which must have other names (RFC 7516 section 7.2.1).
Result<> join(Json::Object& header, const Json* more) {
    if (more == nullptr) {
        return {};
    }
    if (!more->is_object()) {
        return std::unexpected(malformed("header"));
    }
    for (const Json::Member& member : more->members()) {
        if (std::ranges::find(header, member.name, &Json::Member::name) != header.end()) {
            return std::unexpected(malformed("a header name twice"));
        }
        header.push_back(member);
    }
    return {};
}

/// `object` holds the recipient's `header` and `encrypted_key`.
Result<> add_recipient(JweParts& parts, const Json* shared_header, const Json& object) {
    Json::Object header(parts.protected_header.members().begin(), parts.protected_header.members().end());
    Result<> joined = join(header, shared_header);
    if (joined) {
        joined = join(header, object.find("header"));
    }
    if (!joined) {
        return joined;
    }
    Result<Bytes> encrypted_key = read_bytes(object, "encrypted_key");
    if (!encrypted_key) {
        return propagate(encrypted_key);
    }
    parts.recipients.push_back({Json(std::move(header)), *std::move(encrypted_key)});
    return {};
}

/// RFC 7516 section 7.2.1: `enc` must be the same for all.
bool has_one_encryption(std::span<const JweRecipient> recipients) {
    return std::ranges::all_of(recipients, [&](const JweRecipient& recipient) {
        return recipient.header.find_text("enc") == recipients.front().header.find_text("enc");
    });
}

Result<> add_recipients(JweParts& parts, const Json& jwe) {
    const Json* shared_header = jwe.find("unprotected");
    const Json* recipients = jwe.find("recipients");
    if (recipients == nullptr) {
        return add_recipient(parts, shared_header, jwe);
    }
    if (jwe.find("header") != nullptr || jwe.find("encrypted_key") != nullptr) {
        return std::unexpected(malformed("both serializations at once"));
    }
    if (recipients->items().empty()) {
        return std::unexpected(malformed("recipients"));
    }
    if (recipients->items().size() > max_jwe_recipients) {
        return fail(Errc::too_large, "jwe: recipients");
    }
    for (const Json& recipient : recipients->items()) {
        const Result<> added = recipient.is_object() ? add_recipient(parts, shared_header, recipient)
                                                     : std::unexpected(malformed("recipients"));
        if (!added) {
            return added;
        }
    }
    return has_one_encryption(parts.recipients) ? Result<>() : std::unexpected(malformed("enc"));
}

/// The members that all recipients share.
Result<> read_content(JweParts& parts, const Json& jwe) {
    const std::array targets{&parts.content.iv, &parts.content.ciphertext, &parts.content.tag, &parts.aad};
    const std::array<std::string_view, 4> members{"iv", "ciphertext", "tag", "aad"};
    for (std::size_t i = 0; i < members.size(); ++i) {
        Result<Bytes> bytes = read_bytes(jwe, members[i]);
        if (!bytes) {
            return propagate(bytes);
        }
        *targets[i] = *std::move(bytes);
    }
    return {};
}

Result<> read_protected(JweParts& parts, const Json& jwe) {
    parts.protected_header = Json(Json::Object());
    if (const Json* encoded = jwe.find("protected")) {
        parts.associated_data = encoded->as_text().value_or("=");
        Result<Json> header = decode_header(parts.associated_data);
        if (!header) {
            return propagate(header);
        }
        parts.protected_header = *std::move(header);
    }
    if (const std::optional<std::string_view> aad = jwe.find_text("aad")) {
        parts.associated_data.append(".").append(*aad);
    }
    return {};
}

}  // namespace

Result<Bytes> read_bytes(const Json& object, std::string_view member) {
    const Json* value = object.find(member);
    if (value == nullptr) {
        return Bytes();
    }
    Result<Bytes> bytes = base64url_decode(value->as_text().value_or("="));
    if (!bytes) {
        return std::unexpected(malformed(member));
    }
    return bytes;
}

Result<JweParts> read_compact_jwe(std::string_view text) {
    if (text.size() > max_jwe_size) {
        return fail(Errc::too_large, "jwe");
    }
    std::array<std::string_view, 5> encoded;
    if (!split_compact(text, encoded)) {
        return std::unexpected(malformed("compact serialization"));
    }
    Result<Json> header = decode_header(encoded[0]);
    if (!header) {
        return propagate(header);
    }
    std::array<Bytes, 5> decoded;
    for (std::size_t i = 1; i < encoded.size(); ++i) {
        Result<Bytes> bytes = base64url_decode(encoded[i]);
        if (!bytes) {
            return std::unexpected(malformed("compact serialization"));
        }
        decoded[i] = *std::move(bytes);
    }
    JweParts parts;
    parts.recipients.push_back({*header, std::move(decoded[1])});
    parts.content = {std::move(decoded[2]), std::move(decoded[3]), std::move(decoded[4])};
    parts.protected_header = *std::move(header);
    parts.associated_data = encoded[0];
    return parts;
}

Result<JweParts> read_json_jwe(std::string_view text) {
    const Result<Json> jwe = parse_json(text, {.bytes = max_jwe_size, .depth = 12, .values = 4000});
    if (!jwe) {
        return std::unexpected(jwe.error());
    }
    if (!jwe->is_object() || jwe->find("ciphertext") == nullptr) {
        return std::unexpected(malformed("JSON serialization"));
    }
    JweParts parts;
    Result<> read = read_protected(parts, *jwe);
    if (read) {
        read = add_recipients(parts, *jwe);
    }
    if (read) {
        read = read_content(parts, *jwe);
    }
    if (!read) {
        return propagate(read);
    }
    return parts;
}

}  // namespace cardea::jose::detail
