// SPDX-License-Identifier: Apache-2.0
#include "cardea/audit/sign_in_counts.h"

namespace cardea::audit {

std::string_view name(SignInOutcome outcome) noexcept {
    switch (outcome) {
        case SignInOutcome::signed_in:
            return "signed_in";
        case SignInOutcome::refused:
            return "refused";
        case SignInOutcome::limited:
            return "limited";
        case SignInOutcome::unavailable:
            return "unavailable";
    }
    return "unknown";
}

SignInOutcome outcome_of(std::optional<Errc> refusal) noexcept {
    if (!refusal) {
        return SignInOutcome::signed_in;
    }
    switch (*refusal) {
        case Errc::rate_limited:
            return SignInOutcome::limited;
        case Errc::busy:
        case Errc::store_unavailable:
        case Errc::store_corrupt:
        case Errc::upstream_unavailable:
        case Errc::io:
        case Errc::internal:
            return SignInOutcome::unavailable;
        default:
            return SignInOutcome::refused;
    }
}

}  // namespace cardea::audit
