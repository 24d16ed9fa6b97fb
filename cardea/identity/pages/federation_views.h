// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/federation.h"
#include "cardea/html/node.h"
#include "cardea/identity/pages/confirmation.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace cardea::identity {

/// What somebody is asked who came back from a provider.
struct QuestionView {
    std::string csrf_token;
    const Provider& provider;
    const account::FederatedQuestion& question;
    std::string_view password_problem;
    std::string_view invitation_problem;
    std::string problem;  ///< of the whole
};
[[nodiscard]] html::Node question_card(const QuestionView& view);

/// The page that sends a browser on, since a form may not lead to another site.
[[nodiscard]] html::Node departure_card(const Provider& provider, std::string_view url);

/// The identities that are connected to an account.
struct IdentitiesView {
    std::string csrf_token;
    std::string_view good_news;
    std::string problem;
    std::optional<Confirmation> confirmation;  ///< the sign-in is too old to change anything
};
[[nodiscard]] html::Node identities_cards(
    const IdentitiesView& view,
    std::span<const account::FederatedIdentity> identities,
    const Providers& providers
);

}  // namespace cardea::identity
