// SPDX-License-Identifier: Apache-2.0
#include "cardea/stores/sql_schema.h"

#include <array>

namespace cardea::stores {

namespace {

constexpr std::int32_t application_id = 0x43526461;  // "CRda"

// Sessions and API keys do not refer to accounts by a foreign key: a program may keep its accounts elsewhere.
// Whoever removes an account removes them in the same transaction.
constexpr std::string_view first_tables = R"(
CREATE TABLE account (
    id {id} NOT NULL PRIMARY KEY,
    email {text} NOT NULL,
    email_key {text},
    email_verified {integer} NOT NULL,
    username {text} NOT NULL,
    username_key {text},
    name {text} NOT NULL,
    password_hash {text} NOT NULL,
    status {integer} NOT NULL,
    failed_attempts {integer} NOT NULL,
    created_at {time} NOT NULL,
    password_changed_at {time} NOT NULL,
    version {integer} NOT NULL
) {table};
CREATE UNIQUE INDEX account_email_key ON account (email_key) WHERE email_key IS NOT NULL;
CREATE UNIQUE INDEX account_username_key ON account (username_key) WHERE username_key IS NOT NULL;

CREATE TABLE session (
    token_hash {hash} NOT NULL PRIMARY KEY,
    id {id} NOT NULL UNIQUE,
    account {id} NOT NULL,
    transport {integer} NOT NULL,
    persistence {integer} NOT NULL,
    created_at {time} NOT NULL,
    last_seen_at {time} NOT NULL,
    idle {integer} NOT NULL,
    expires_at {time} NOT NULL,
    ends_at {time} NOT NULL,
    amr {text} NOT NULL,
    client_address {text} NOT NULL,
    user_agent {text} NOT NULL,
    data {text} NOT NULL,
    version {integer} NOT NULL
) {table};
CREATE INDEX session_account ON session (account, last_seen_at, created_at, id);
CREATE INDEX session_ends_at ON session (ends_at);

CREATE TABLE one_time (
    hash {hash} NOT NULL PRIMARY KEY,
    expires_at {time} NOT NULL
) {small_table};
CREATE INDEX one_time_expires_at ON one_time (expires_at);

CREATE TABLE audit_event (
    sequence {integer} NOT NULL PRIMARY KEY,
    at {time} NOT NULL,
    event {text} NOT NULL,
    outcome {text} NOT NULL,
    account {id},
    reference {text} NOT NULL,
    personal {text} NOT NULL,
    personal_digest {hash} NOT NULL,
    key_id {text} NOT NULL,
    mac {hash} NOT NULL
) {table};
CREATE INDEX audit_event_account ON audit_event (account) WHERE account IS NOT NULL;
)";

constexpr std::string_view api_key_table = R"(
CREATE TABLE api_key (
    key_hash {hash} NOT NULL PRIMARY KEY,
    id {id} NOT NULL UNIQUE,
    account {id} NOT NULL,
    name {text} NOT NULL,
    hint {text} NOT NULL,
    scopes {text} NOT NULL,
    created_at {time} NOT NULL,
    expires_at {time},
    last_used_at {time},
    replaced_by {id}
) {table};
CREATE INDEX api_key_account ON api_key (account);
CREATE INDEX api_key_expires_at ON api_key (expires_at) WHERE expires_at IS NOT NULL;
)";

constexpr std::string_view federated_identity_table = R"(
CREATE TABLE federated_identity (
    id {id} NOT NULL PRIMARY KEY,
    account {id} NOT NULL,
    issuer {text} NOT NULL,
    subject {text} NOT NULL,
    label {text} NOT NULL,
    linked_at {time} NOT NULL,
    last_used_at {time} NOT NULL
) {table};
CREATE UNIQUE INDEX federated_identity_subject ON federated_identity (issuer, subject);
CREATE INDEX federated_identity_account ON federated_identity (account, linked_at, id);
)";

// Of the sessions that came by a provider before, nobody knows by which identity: they end.
constexpr std::string_view session_identity = R"(
ALTER TABLE session ADD COLUMN identity {id};
DELETE FROM session WHERE amr = 'fed' OR amr = 'fed pwd';
)";

// One row, for the failed sign-ins of names that no account has: they change a page too, and take as long.
constexpr std::string_view nobody_table = R"(
CREATE TABLE nobody (
    failed_attempts {integer} NOT NULL
) {table};
INSERT INTO nobody (failed_attempts) VALUES (0);
)";

constexpr std::array<sql::Migration, 5> migrations{{
    {1, first_tables},
    {2, api_key_table},
    {3, federated_identity_table},
    {4, session_identity},
    {5, nobody_table},
}};

}  // namespace

sql::Schema sql_schema() noexcept {
    return {application_id, migrations};
}

}  // namespace cardea::stores
