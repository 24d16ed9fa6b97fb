// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/operation.h"
#include "cardea/audit/event.h"
#include "cardea/audit/rule.h"
#include "cardea/base/task.h"

#include <expected>
#include <string>

namespace cardea::account::detail {

/// One operation while it runs: what its refusal and its audit row have in common. Lives as long as the
/// operation; one at a time.
class Audited {
 public:
    Audited(const Parts& parts, audit::Event event, const RequestFacts& facts);
    /// For operators.
    Audited(const Parts& parts, audit::Event event, std::string actor);

    void concerns(AccountId account) noexcept { entry_.account = account; }
    void concerns(std::string subject) { entry_.personal.subject = std::move(subject); }
    /// A person at a provider, by which it knows them.
    void concerns(std::string issuer, std::string subject) {
        entry_.personal.issuer = std::move(issuer);
        entry_.personal.subject = std::move(subject);
    }
    /// The session that begins or ends with it.
    void concerns(SessionId session) { entry_.personal.session = session.to_string(); }

    /// The refusal to return, with its reference. It is logged ("account.refused"), and becomes a row, unless
    /// it comes from a limit, and as far as the log bounds refusals.
    [[nodiscard]] Task<std::unexpected<Error>> refuse(Errc code, audit::Rule rule, Duration wait = {});

    /// The refusal of a change that the store refused: what record() said will be does not come to pass, and
    /// this row says so.
    [[nodiscard]] Task<std::unexpected<Error>> refuse_change(Errc code);

    /// It is about to be done; returns when the row is durable. Ahead of every change of what an account may
    /// do: a crash, or a log that takes nothing, may leave a row of what did not come to pass, never a change
    /// without its row.
    [[nodiscard]] Task<Result<>> record();
    /// It succeeded; the row follows.
    [[nodiscard]] Task<> note();

 private:
    const Parts& parts_;
    audit::Entry entry_;
};

/// Starts a write whose outcome the caller's answer does not depend on. A failure is logged, unless it is
/// Errc::not_found: the account has gone meanwhile, or there never was one.
[[nodiscard]] Task<> in_background(Task<Result<>> work);

}  // namespace cardea::account::detail
