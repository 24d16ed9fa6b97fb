// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/stores/sqlite_stores.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace cardea::testing {

/// What the killed program had said it did, and what may be either way because it was killed while asking.
/// It is told line by line:
///
///     + KEY      it was answered that this exists now
///     - KEY      it was answered that this is gone
///     ? KEY      somebody asked to change this; whether it happened shows later
///     # N        the audit log was answered to reach sequence N
///     ! TEXT     the program met a failure it should not have met
///
/// A KEY is a letter and a value: `a` and an account id, `s` and a session's token hash, `o` and the hash of
/// a consumed one-time value (hexadecimal).
class Ledger {
 public:
    void note(std::string_view line);

    /// What contradicts the ledger in these stores, a sentence each. Whatever was open is settled as it is
    /// found, so the next crash must not change it.
    [[nodiscard]] std::vector<std::string> violations(const stores::SqliteStores& stores);

    /// How much was acknowledged, so that a test can tell that it tested something.
    [[nodiscard]] std::size_t size() const noexcept { return facts_.size(); }

 private:
    enum class State : std::uint8_t { present, absent, open };

    std::map<std::string, State, std::less<>> facts_;
    std::int64_t audit_head_ = 0;
    std::vector<std::string> failures_;
};

}  // namespace cardea::testing
