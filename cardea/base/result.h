// SPDX-License-Identifier: Apache-2.0
/// base: the words that every other module speaks. Results and errors, tasks, time, randomness, bytes and
/// their text encodings, secrets, ids and JSON. No sockets, no files, no globals: time and randomness are
/// passed in. The names live in namespace cardea itself, since every module uses them.
#pragma once

#include "cardea/base/errc.h"

#include <chrono>
#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace cardea {

/// What went wrong: a stable code, and a detail for the log. The context never holds a secret and is never
/// shown to a user; `web/` maps the code to a status and a sentence.
struct Error {
    Errc code{};
    std::string context;
    std::chrono::seconds retry_after{};  ///< when trying again makes sense (rate_limited, busy); 0: not known
    std::string reference;               ///< when the refusal has one already (audit/reference.h)

    friend bool operator==(const Error&, const Error&) = default;
};

/// A value or an Error. Unlike std::expected it may not be dropped: ignoring one is written `std::ignore =
/// ...`.
template <class T = void>
class [[nodiscard]] Result : public std::expected<T, Error> {
 public:
    using std::expected<T, Error>::expected;
};

/// Builds the failure to return: `return fail(Errc::not_found, "account");`
[[nodiscard]] inline std::unexpected<Error> fail(Errc code, std::string context = {}) {
    return std::unexpected<Error>(Error{code, std::move(context), {}, {}});
}

/// Passes a failure on: `if (!row) return propagate(row);`
template <class T>
[[nodiscard]] std::unexpected<Error> propagate(Result<T>& failed) {
    return std::unexpected<Error>(std::move(failed).error());
}

}  // namespace cardea
