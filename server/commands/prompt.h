// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"
#include "cardea/base/secret.h"

#include <iosfwd>
#include <string>

namespace cardea::server {

/// Whether standard input is a terminal, so that somebody can be asked.
[[nodiscard]] bool is_terminal() noexcept;

/// At a terminal, asks twice without echo; otherwise takes the first line of `in`. Errc::io when the two
/// differ or nothing was said.
[[nodiscard]] Result<SecretText> read_new_password(std::istream& in, std::ostream& err);

/// At a terminal, asks once without echo; otherwise takes the next line of `in`. Empty when there is none.
[[nodiscard]] SecretText read_secret_line(std::istream& in, std::ostream& err, const std::string& prompt);

/// At a terminal, whether the person typed exactly `word`; elsewhere false.
[[nodiscard]] bool confirm(
    std::istream& in, std::ostream& err, const std::string& question, const std::string& word
);

}  // namespace cardea::server
