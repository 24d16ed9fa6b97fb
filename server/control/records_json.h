// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "server/operations.h"

#include <string>
#include <string_view>
#include <vector>

/// What the results of operations look like as JSON: the same on the control socket and for `--json`.
namespace cardea::server {

/// Accounts in one answer of "account.list".
inline constexpr std::size_t page_size = 500;

[[nodiscard]] std::string to_json(const account::AccountRecord& account);
[[nodiscard]] std::string to_json(const std::vector<account::AccountRecord>& accounts);
[[nodiscard]] std::string to_json(const std::vector<session::SessionRecord>& sessions);
[[nodiscard]] std::string to_json(const ApiKeyFinding& finding);
[[nodiscard]] std::string to_json(const SchemaState& schema);
[[nodiscard]] std::string to_json(const audit::Verification& verification);
[[nodiscard]] std::string to_json(const audit::Refusal& refusal);
[[nodiscard]] std::string to_json(AccountId account);

/// Objects with one member.
[[nodiscard]] std::string to_count_json(std::string_view name, std::size_t count);
[[nodiscard]] std::string to_text_json(std::string_view name, std::string_view text);
[[nodiscard]] std::string to_list_json(std::string_view name, const std::vector<std::string>& texts);

}  // namespace cardea::server
