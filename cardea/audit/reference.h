// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/audit/rule.h"
#include "cardea/base/clock.h"
#include "cardea/base/errc_counts.h"
#include "cardea/base/result.h"
#include "cardea/crypto/keyring.h"

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cardea::audit {

/// What a reference says.
struct Refusal {
    Time at;  ///< to the second
    Errc code{};
    Rule rule = Rule::none;
    std::uint16_t counter = 0;  ///< tells apart what fell into the same second
    friend bool operator==(const Refusal&, const Refusal&) = default;
};

/// Makes and reads the short references that refused people are shown: "abcd-efgh-jkmn-pqrs". Nothing is
/// stored: the text is the refusal itself, encrypted, so it tells strangers nothing and they cannot fill
/// anything by asking. Thread-safe.
class References {
 public:
    explicit References(const crypto::Keyring& keyring);

    [[nodiscard]] std::string make(Time at, Errc code, Rule rule) const;

    /// Errc::malformed when the text is no reference, Errc::not_found when no key of ours made it. Read as
    /// people type it: in either case, with or without the dashes.
    [[nodiscard]] Result<Refusal> explain(std::string_view reference) const;

    /// How many were made for each code: every refusal has one.
    [[nodiscard]] const ErrcCounts& made() const noexcept { return made_; }

 private:
    std::vector<crypto::DerivedKey> keys_;  // newest first
    mutable std::atomic<std::uint16_t> counter_{0};
    mutable ErrcCounts made_;
};

}  // namespace cardea::audit
