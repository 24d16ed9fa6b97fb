// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/detail/proven_identity_text.h"

#include "cardea/base/json.h"
#include "cardea/base/json_writer.h"

namespace cardea::account::detail {

std::string encode(const ProvenIdentity& identity) {
    std::string out;
    JsonWriter(out)
        .begin_object()
        .member("iss", identity.issuer)
        .member("sub", identity.subject)
        .member("email", identity.email)
        .member("email_verified", identity.is_email_verified)
        .member("name", identity.name)
        .end_object();
    return out;
}

Result<ProvenIdentity> decode_identity(std::string_view text) {
    Result<Json> json = parse_json(text);
    if (!json) {
        return propagate(json);
    }
    const auto issuer = json->find_text("iss");
    const auto subject = json->find_text("sub");
    const auto email = json->find_text("email");
    const auto name = json->find_text("name");
    const Json* verified = json->find("email_verified");
    const std::optional<bool> is_verified = verified == nullptr ? std::nullopt : verified->as_bool();
    if (!issuer || !subject || !email || !name || !is_verified) {
        return fail(Errc::malformed, "identity");
    }
    return ProvenIdentity{
        .issuer = std::string(*issuer),
        .subject = std::string(*subject),
        .email = std::string(*email),
        .is_email_verified = *is_verified,
        .name = std::string(*name),
    };
}

}  // namespace cardea::account::detail
