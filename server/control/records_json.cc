// SPDX-License-Identifier: Apache-2.0
#include "server/control/records_json.h"

#include "cardea/apikey/json.h"
#include "cardea/session/json.h"

#include <fmt/format.h>

#include <utility>

namespace cardea::server {
namespace {

/// null for what an account does not have.
JsonWriter& write_text_or_null(JsonWriter& json, std::string_view name, const std::string& text) {
    json.key(name);
    return text.empty() ? json.value(nullptr) : json.value(text);
}

void write(JsonWriter& json, const account::AccountRecord& account) {
    json.begin_object().member("id", account.id);
    write_text_or_null(json, "email", account.email).member("email_verified", account.email_verified);
    write_text_or_null(json, "username", account.username);
    write_text_or_null(json, "name", account.name);
    json.member("status", account.status == account::Status::active ? "active" : "disabled")
        .member("has_password", !account.password_hash.empty())
        .member("failed_attempts", account.failed_attempts)
        .member("created_at", account.created_at)
        .end_object();
}

void write(JsonWriter& json, const account::FederatedIdentity& identity) {
    json.begin_object()
        .member("id", identity.id)
        .member("issuer", identity.issuer)
        .member("subject", identity.subject)
        .member("label", identity.label)
        .member("linked_at", identity.linked_at)
        .member("last_used_at", identity.last_used_at)
        .end_object();
}

void write(JsonWriter& json, const session::SessionRecord& session) {
    json.begin_object();
    session::write_session_times(json, session);
    session::write_session_client(json, session);
    json.end_object();
}

std::string describe(const audit::Break& broken) {
    switch (broken.damage) {
        case audit::Damage::changed:
            return fmt::format("row {} is changed", broken.sequence);
        case audit::Damage::missing:
            return fmt::format("row {} is missing", broken.sequence);
        case audit::Damage::personal_changed:
            return fmt::format("the personal data of row {} is changed, or erased unduly", broken.sequence);
        case audit::Damage::truncated:
            return fmt::format("the rows from {} on are gone", broken.sequence);
    }
    return {};
}

void write(JsonWriter& json, const audit::AuditRecord& row) {
    const audit::Personal personal = audit::personal_of(row);
    json.begin_object().member("sequence", row.sequence).member("at", row.at);
    json.member("event", row.event).member("outcome", row.outcome);
    write_text_or_null(json, "account", row.account.is_nil() ? "" : row.account.to_string());
    write_text_or_null(json, "subject", personal.subject);
    write_text_or_null(json, "issuer", personal.issuer);
    write_text_or_null(json, "session", personal.session);
    write_text_or_null(json, "address", personal.client_address);
    write_text_or_null(json, "user_agent", personal.user_agent);
    write_text_or_null(json, "actor", personal.actor);
    write_text_or_null(json, "reference", row.reference).end_object();
}

template <class Items>
std::string to_array_json(std::string_view name, const Items& items) {
    std::string text;
    JsonWriter json(text);
    json.begin_object().key(name).begin_array();
    for (const auto& item : items) {
        write(json, item);
    }
    json.end_array().end_object();
    return text;
}

template <class Value>
std::string to_member_json(std::string_view name, const Value& value) {
    std::string text;
    JsonWriter json(text);
    json.begin_object().member(name, value).end_object();
    return text;
}

}  // namespace

std::string to_json(const account::AccountRecord& account) {
    std::string text;
    JsonWriter json(text);
    write(json, account);
    return text;
}

std::string to_json(const std::vector<account::AccountRecord>& accounts) {
    return to_array_json("accounts", accounts);
}

std::string to_json(const std::vector<account::FederatedIdentity>& identities) {
    return to_array_json("identities", identities);
}

std::string to_json(const std::vector<session::SessionRecord>& sessions) {
    return to_array_json("sessions", sessions);
}

std::string to_json(const ApiKeyFinding& finding) {
    const bool is_expired = finding.state == apikey::KeyState::expired;
    std::string text;
    JsonWriter json(text);
    json.begin_object();
    if (finding.is_valid()) {
        json.member("valid", true);
    } else if (is_expired) {
        write_refusal(json, {Errc::api_key_expired, "expired, or rotated", {}, {}});
    } else {
        write_refusal(json, {Errc::account_disabled, "its account is disabled", {}, {}});
    }
    json.key("account");
    write(json, finding.account);
    json.key("api_key");
    apikey::write_api_key(json, finding.key);
    json.end_object();
    return text;
}

std::string to_json(const SchemaState& schema) {
    std::string text;
    JsonWriter json(text);
    json.begin_object().member("version", schema.version).member("applied", schema.applied).end_object();
    return text;
}

std::string to_json(const audit::Verification& verification) {
    const audit::Unchecked& unchecked = verification.unchecked;
    std::string text;
    JsonWriter json(text);
    json.begin_object();
    if (const std::optional<audit::Break>& broken = verification.first_break) {
        const std::string_view damage = name(broken->damage);
        write_refusal(json, {Errc::store_corrupt, describe(*broken), {}, {}});
        json.key("first_break").begin_object().member("sequence", broken->sequence);
        json.member("damage", damage).end_object();
    } else if (!verification.is_whole()) {
        std::string detail = fmt::format(
            "{} rows from row {} on were made under a root secret that is not here",
            unchecked.rows,
            unchecked.first
        );
        write_refusal(json, {Errc::signature_invalid, std::move(detail), {}, {}});
    } else {
        json.member("valid", true);
    }
    if (unchecked.rows > 0) {
        json.key("unchecked").begin_object().member("first", unchecked.first);
        json.member("rows", unchecked.rows).end_object();
    }
    json.member("rows", verification.rows).member("head", to_string(verification.head)).end_object();
    return text;
}

std::string to_json(const audit::Refusal& refusal) {
    std::string text;
    JsonWriter json(text);
    json.begin_object()
        .member("at", refusal.at)
        .member("code", name(refusal.code))
        .member("rule", name(refusal.rule))
        .member("explanation", describe(refusal.rule))
        .end_object();
    return text;
}

std::string to_json(const AuditListing& listing) {
    std::string text;
    JsonWriter json(text);
    json.begin_object().key("events").begin_array();
    for (const audit::AuditRecord& row : listing.events) {
        write(json, row);
    }
    json.end_array();
    if (listing.not_written) {
        json.member("not_written", name(*listing.not_written));
    }
    json.end_object();
    return text;
}

std::string to_json(AccountId account) {
    return to_member_json("account", account);
}

std::string to_json(const IssuedInvitation& issued) {
    std::string text;
    JsonWriter json(text);
    json.begin_object().member("code", issued.code).member("link", issued.link).end_object();
    return text;
}

std::string to_count_json(std::string_view name, std::size_t count) {
    return to_member_json(name, count);
}

std::string to_text_json(std::string_view name, std::string_view text) {
    return to_member_json(name, text);
}

std::string problems_json(const std::vector<std::string>& problems) {
    std::string text;
    JsonWriter json(text);
    json.begin_object();
    if (problems.empty()) {
        json.member("valid", true);
    } else {
        write_refusal(json, {Errc::store_corrupt, problems.front(), {}, {}});
    }
    json.key("problems").begin_array();
    for (const std::string& problem : problems) {
        json.value(problem);
    }
    json.end_array().end_object();
    return text;
}

void write_refusal(JsonWriter& json, const Error& error) {
    json.member("valid", false).member("reason", name(error.code)).member("detail", error.context);
}

}  // namespace cardea::server
