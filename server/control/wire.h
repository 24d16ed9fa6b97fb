// SPDX-License-Identifier: Apache-2.0
/// server/control: how a command on the same machine talks to a running server. A Unix socket in the data
/// folder, mode 0600, takes one line of JSON per connection and answers with one: {"operation":
/// "account.show", "arguments": {"account": "ann"}} gives {"result": {...}} or {"error": {"code":
/// "not_found", "context": "..."}}. Whoever can open it may do everything, so only the owner of the data
/// folder can.
#pragma once

#include "cardea/base/json.h"
#include "cardea/base/result.h"
#include "cardea/base/task.h"

#include <string>
#include <string_view>

namespace cardea::server {

class Operations;

/// Longest line in either direction: a page of accounts or sessions fits.
inline constexpr std::size_t max_control_line = std::size_t{4} << 20;

/// The request's line, without its end. `arguments` is a JSON object.
[[nodiscard]] std::string make_control_request(std::string_view operation, std::string_view arguments);

/// Does what a request's line asks for and returns the answer's line. Whatever the line, there is an answer.
[[nodiscard]] Task<std::string> answer_control(Operations& operations, std::string line);

/// The result in an answer's line, or the error it carries. Errc::malformed for anything else.
[[nodiscard]] Result<Json> parse_control_answer(std::string_view line);

}  // namespace cardea::server
