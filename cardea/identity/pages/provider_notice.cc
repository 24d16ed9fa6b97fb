// SPDX-License-Identifier: Apache-2.0
#include "cardea/identity/pages/provider_notice.h"

#include "cardea/audit/rule.h"
#include "cardea/identity/pages/messages.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cardea::identity {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 10> sentences{{
    {"provider-denied", messages.provider_denied},
    {"provider-restart", messages.provider_restart},
    {"provider-unavailable", messages.provider_unavailable},
    {"provider-failed", messages.provider_failed},
    {"provider-unknown", messages.provider_unknown},
    {"provider-other", messages.provider_other},
    {"provider-taken", messages.provider_taken},
    {"provider-too-many", messages.too_many_identities},
    {"provider-signed-out", messages.provider_signed_out},
    {"provider-no-proof", messages.provider_no_proof},
}};

}  // namespace

std::string_view provider_notice(const Error& error) noexcept {
    switch (error.code) {
        case Errc::authorization_denied:
            return "provider-denied";
        case Errc::csrf_rejected:
        case Errc::expired:
        case Errc::replayed:
        case Errc::grant_invalid:
            return "provider-restart";
        case Errc::step_up_required:
            return "provider-no-proof";
        case Errc::unauthenticated:
            return "provider-signed-out";
        case Errc::upstream_unavailable:
        case Errc::destination_refused:
        case Errc::busy:
        case Errc::rate_limited:
        case Errc::store_unavailable:
            return "provider-unavailable";
        case Errc::forbidden:
            return error.context == name(audit::Rule::other_identity) ? "provider-other" : "provider-unknown";
        case Errc::conflict:
            return error.context == name(audit::Rule::identity_taken) ? "provider-taken" : "provider-restart";
        case Errc::too_large:
            return error.context == name(audit::Rule::provider) ? "provider-failed" : "provider-too-many";
        default:
            return "provider-failed";
    }
}

std::string_view provider_sentence(std::string_view notice) noexcept {
    const auto* found =
        std::ranges::find(sentences, notice, &std::pair<std::string_view, std::string_view>::first);
    return found == sentences.end() ? std::string_view() : found->second;
}

}  // namespace cardea::identity
