// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/json_writer.h"
#include "server/operations.h"

#include <string>
#include <string_view>
#include <vector>

/// What the results of operations look like as JSON: the same on the control socket and for `--json`.
namespace cardea::server {

/// Accounts in one answer of "account.list".
inline constexpr std::size_t page_size = 500;
/// Rows in one answer of "audit.list", which may hold long names and user agents.
inline constexpr std::size_t audit_page_size = 200;

[[nodiscard]] std::string to_json(const account::AccountRecord& account);
[[nodiscard]] std::string to_json(const std::vector<account::AccountRecord>& accounts);
[[nodiscard]] std::string to_json(const std::vector<account::FederatedIdentity>& identities);
[[nodiscard]] std::string to_json(const std::vector<session::SessionRecord>& sessions);
[[nodiscard]] std::string to_json(const ApiKeyFinding& finding);
[[nodiscard]] std::string to_json(const SchemaState& schema);
[[nodiscard]] std::string to_json(const audit::Verification& verification);
[[nodiscard]] std::string to_json(const audit::Refusal& refusal);
[[nodiscard]] std::string to_json(const AuditListing& listing);
[[nodiscard]] std::string to_json(AccountId account);
[[nodiscard]] std::string to_json(const IssuedInvitation& issued);

/// What a check of the database found.
[[nodiscard]] std::string problems_json(const std::vector<std::string>& problems);

/// The verdict of everything that checks or verifies and says no, as the members of an object:
/// `"valid":false,"reason":"expired","detail":"jwt: exp"`. The reason is the name of the code.
void write_refusal(JsonWriter& json, const Error& error);

/// Objects with one member.
[[nodiscard]] std::string to_count_json(std::string_view name, std::size_t count);
[[nodiscard]] std::string to_text_json(std::string_view name, std::string_view text);

}  // namespace cardea::server
