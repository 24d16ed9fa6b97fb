// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/html/node.h"
#include "cardea/identity/services.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cardea::identity {

/// A way to one of the providers, as a button shows it.
struct ProviderLink {
    std::string name;  ///< "Google"
    std::string href;
};

/// Where "sign in with ..." begins, for each provider; they lead to `next` afterwards.
[[nodiscard]] std::vector<ProviderLink> provider_links(const Providers& providers, std::string_view next);

/// How somebody who is signed in shows again that it is them, when the sign-in is too old for something.
struct Confirmation {
    bool by_password = true;
    std::vector<ProviderLink> links;  ///< to providers that their account is connected to, and that prove it
    bool by_new_sign_in = false;      ///< they can sign in by another one, which proves nothing here
};

/// That of an account; the links lead back to `next`.
[[nodiscard]] Task<Result<Confirmation>> find_confirmation(
    const Services& services, AccountId account, std::string_view next
);

/// What a form says that was sent with a wrong one, or could not be taken for another reason.
[[nodiscard]] std::string confirmation_problem(const Error& error);

/// The part of a form that asks for it.
[[nodiscard]] html::Node confirmation_fields(const Confirmation& confirmation);

/// Buttons that lead to providers: "Continue with Google". Nothing when there are none.
[[nodiscard]] html::Node provider_buttons(std::string_view label, std::span<const ProviderLink> links);

/// "or": between a form and such buttons.
[[nodiscard]] html::Node or_divider();

}  // namespace cardea::identity
