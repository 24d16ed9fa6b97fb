// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "server/operations.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cardea::testing {

/// Operations over a list of accounts in memory, which remember what they were asked to do.
class FakeOperations final : public server::Operations {
 public:
    std::vector<account::AccountRecord> accounts;
    std::vector<account::FederatedIdentity> identities;
    std::vector<session::SessionRecord> sessions;
    std::vector<apikey::ApiKeyRecord> api_keys;
    apikey::KeyState key_state = apikey::KeyState::live;
    std::vector<std::string> problems;
    std::optional<Errc> check_fails;
    std::size_t applied = 1;  ///< migrations
    std::vector<audit::AuditRecord> events;
    std::optional<Errc> audit_not_written;
    audit::Verification verification{.rows = 7};
    std::optional<audit::Head> known_head;
    std::vector<std::string> calls;  ///< "disable 0000...", in order
    std::string last_password;
    std::optional<std::string> unwritable;  ///< an account that the store does not take

    /// Adds an account and returns its id as text.
    std::string put(std::string email, std::string name = {}) {
        account::AccountRecord record;
        record.id = AccountId::make(random_);
        record.email = std::move(email);
        record.name = std::move(name);
        record.created_at = Time(std::chrono::seconds(1'700'000'000));
        accounts.push_back(record);
        return record.id.to_string();
    }

    Task<Result<account::AccountRecord>> add_account(account::Registration registration) override {
        last_password = registration.password.expose();
        if (registration.email == unwritable) {
            co_return fail(Errc::store_unavailable, "disk full");
        }
        for (const account::AccountRecord& other : accounts) {
            if (other.email == registration.email) {
                co_return fail(Errc::conflict, "email");
            }
        }
        put(registration.email, registration.name);
        co_return accounts.back();
    }
    Task<Result<account::AccountRecord>> find_account(std::string name) override {
        for (const account::AccountRecord& record : accounts) {
            if (record.email == name || record.id.to_string() == name) {
                co_return record;
            }
        }
        co_return fail(Errc::not_found, "account");
    }
    Task<Result<std::vector<account::AccountRecord>>> list_accounts(account::Page page) override {
        std::vector<account::AccountRecord> found;
        for (const account::AccountRecord& record : accounts) {
            if (record.id > page.after && found.size() < page.limit) {
                found.push_back(record);
            }
        }
        co_return found;
    }
    Task<Result<>> disable_account(AccountId account) override { return note("disable", account); }
    Task<Result<>> enable_account(AccountId account) override { return note("enable", account); }
    Task<Result<>> delete_account(AccountId account) override { return note("delete", account); }
    Task<Result<>> set_password(AccountId account, SecretText password) override {
        last_password = password.expose();
        co_return co_await note("set_password", account);
    }
    Task<Result<std::vector<account::FederatedIdentity>>> list_identities(AccountId) override {
        co_return identities;
    }
    Task<Result<>> unlink_identity(AccountId account, FederatedIdentityId, account::WayIn way_in) override {
        if (way_in == account::WayIn::has_to_stay && identities.size() < 2) {
            co_return fail(Errc::conflict, "last_way_in");
        }
        co_return co_await note("unlink", account);
    }
    Task<Result<std::vector<session::SessionRecord>>> list_sessions(AccountId) override {
        co_return sessions;
    }
    Task<Result<>> revoke_session(AccountId account, SessionId) override { return note("revoke", account); }
    Task<Result<std::size_t>> revoke_all_sessions(AccountId) override { co_return sessions.size(); }
    Task<Result<apikey::IssuedApiKey>> issue_api_key(apikey::NewApiKey wish) override {
        apikey::ApiKey key = apikey::ApiKey::make(apikey::ApiKeyPrefix(), random_);
        apikey::ApiKeyRecord record;
        record.id = ApiKeyId::make(random_);
        record.key_hash = key.hash();
        record.account = wish.account;
        record.name = wish.name;
        record.hint = key.hint();
        record.scopes = apikey::join_scopes(wish.scopes).value_or("");
        if (wish.lifetime) {
            record.expires_at = record.created_at + *wish.lifetime;
        }
        api_keys.push_back(record);
        co_return apikey::IssuedApiKey{std::move(key), std::move(record)};
    }
    Task<Result<std::vector<apikey::ApiKeyRecord>>> list_api_keys(AccountId) override { co_return api_keys; }
    Task<Result<>> revoke_api_key(AccountId account, ApiKeyId) override {
        return note("revoke_api_key", account);
    }
    Task<Result<std::size_t>> revoke_all_api_keys(AccountId) override { co_return api_keys.size(); }
    Task<Result<server::ApiKeyFinding>> find_api_key(apikey::ApiKeyHash key_hash) override {
        for (const apikey::ApiKeyRecord& record : api_keys) {
            if (record.key_hash == key_hash) {
                server::ApiKeyFinding finding{.key = record, .account = accounts.front(), .state = key_state};
                co_return finding;
            }
        }
        co_return fail(Errc::not_found, "API key");
    }
    Task<Result<server::IssuedInvitation>> invite(account::Invitation invitation) override {
        const std::string code =
            "code-for-" + invitation.email + "-" + std::to_string(invitation.lifetime.count());
        server::IssuedInvitation issued{.code = code, .link = "https://id.example.com/register#" + code};
        co_return issued;
    }
    Task<Result<>> revoke_invitation(std::string code) override {
        calls.push_back("revoke_invitation " + code);
        if (code == "old") {
            co_return fail(Errc::expired, "invitation");
        }
        if (code == "used") {
            co_return fail(Errc::replayed, "invitation");
        }
        if (!code.starts_with("code-for-")) {
            co_return fail(Errc::not_found, "invitation: the code was not made here");
        }
        co_return Result<>{};
    }
    Task<Result<>> back_up(std::filesystem::path target) override {
        calls.push_back("backup " + target.string());
        co_return Result<>{};
    }
    Task<Result<std::vector<std::string>>> check() override {
        if (check_fails) {
            co_return fail(*check_fails, "page 3");
        }
        co_return problems;
    }
    server::SchemaState schema() override { return {.version = 3, .applied = std::exchange(applied, 0)}; }
    Task<Result<audit::Verification>> verify_audit(std::optional<audit::Head> known) override {
        known_head = known;
        co_return verification;
    }
    Task<Result<server::AuditListing>> list_audit(audit::Choice choice) override {
        std::vector<audit::AuditRecord> found;
        for (const audit::AuditRecord& row : events) {
            const bool is_theirs = choice.account.is_nil() || row.account == choice.account;
            if (is_theirs && row.sequence < choice.before && (!choice.since || row.at >= *choice.since) &&
                (choice.event.empty() || row.event == choice.event)) {
                found.push_back(row);
            }
        }
        found.erase(
            found.begin(), found.end() - static_cast<std::ptrdiff_t>(std::min(found.size(), choice.limit))
        );
        server::AuditListing listing;
        listing.events = std::move(found);
        listing.not_written = audit_not_written;
        co_return listing;
    }
    Result<audit::Refusal> explain(std::string_view reference) override {
        if (reference != "abcd-efgh-jkmn-pqrs") {
            return fail(Errc::malformed, "reference");
        }
        return audit::Refusal{.code = Errc::credentials_wrong, .rule = audit::Rule::wrong_password};
    }

 private:
    Task<Result<>> note(std::string what, AccountId account) {
        calls.push_back(what + " " + account.to_string());
        co_return Result<>{};
    }

    FakeRandom random_;
};

}  // namespace cardea::testing
