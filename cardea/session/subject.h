// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"
#include "cardea/base/task.h"
#include "cardea/session/record.h"

#include <memory>

namespace cardea::session {

/// Whose session it is: what the program wants at hand on every request (the account's names, a finished
/// answer). It is made once, when a session enters the cache, and read from all threads. The program derives
/// its own from this one.
class Subject {
 public:
    virtual ~Subject() = default;
};

/// Makes the Subject of a session. Thread-safe.
class SubjectLoader {
 public:
    virtual ~SubjectLoader() = default;

    /// Fails when the session may not be used though its row is there: Errc::account_disabled, or
    /// Errc::not_found when the account is gone. Never yields null. `record` stays valid until the task ends.
    virtual Task<Result<std::shared_ptr<const Subject>>> load(const SessionRecord& record) = 0;
};

}  // namespace cardea::session
