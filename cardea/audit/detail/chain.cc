// SPDX-License-Identifier: Apache-2.0
#include "cardea/audit/detail/chain.h"

#include "cardea/base/hex.h"
#include "cardea/base/json_writer.h"
#include "cardea/crypto/canonical.h"
#include "cardea/crypto/keyring.h"

namespace cardea::audit::detail {
namespace {

constexpr crypto::Purpose row_purpose("audit");
constexpr crypto::Purpose personal_purpose("audit personal");
constexpr std::size_t max_text = 512;

void add_member(JsonWriter& json, std::string_view member, const std::string& text) {
    if (!text.empty()) {
        json.member(member, std::string_view(text).substr(0, max_text));
    }
}

std::string personal_json(const Personal& personal, Random& random) {
    std::string out;
    JsonWriter json(out);
    json.begin_object();
    add_member(json, "address", personal.client_address);
    add_member(json, "user_agent", personal.user_agent);
    add_member(json, "subject", personal.subject);
    add_member(json, "issuer", personal.issuer);
    add_member(json, "session", personal.session);
    add_member(json, "actor", personal.actor);
    json.member("salt", hex_encode(random.bytes<16>())).end_object();
    return out;
}

crypto::Canonical canonical(const AuditRecord& row, const Mac& previous) {
    crypto::Canonical fields;
    fields.add(row.sequence).add(row.at).add(row.event).add(row.outcome).add(row.account);
    fields.add(row.reference).add(ByteView(row.personal_digest)).add(row.key_id).add(ByteView(previous));
    return fields;
}

}  // namespace

AuditRecord make_row(
    const TimedEntry& timed, const Head& previous, const crypto::Keyring& keyring, Random& random
) {
    const Entry& entry = timed.entry;
    AuditRecord row;
    row.sequence = previous.count + 1;
    row.at = timed.at;
    row.event = name(entry.event);
    row.outcome = entry.refusal ? name(*entry.refusal) : success;
    row.account = entry.account;
    row.reference = entry.reference;
    row.personal = personal_json(entry.personal, random);
    row.personal_digest = keyring.mac(personal_purpose, as_bytes(row.personal));
    row.key_id = keyring.newest();
    row.mac = keyring.mac(row_purpose, canonical(row, previous.mac).bytes());
    return row;
}

RowCheck check_row(const AuditRecord& row, const Head& previous, const crypto::Keyring& keyring) {
    if (row.sequence != previous.count + 1) {
        return {.damage = Damage::missing};
    }
    if (!keyring.has(row.key_id)) {
        return {.damage = std::nullopt, .has_key = false};
    }
    const crypto::Canonical fields = canonical(row, previous.mac);
    const Result<crypto::KeyId> key = keyring.verify_mac(row_purpose, fields.bytes(), row.mac);
    if (!key || *key != row.key_id) {
        return {.damage = Damage::changed};
    }
    const bool is_erased = row.personal.empty();
    if (!is_erased && !keyring.verify_mac(personal_purpose, as_bytes(row.personal), row.personal_digest)) {
        return {.damage = Damage::personal_changed};
    }
    return {};
}

}  // namespace cardea::audit::detail
