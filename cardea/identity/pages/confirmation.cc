// SPDX-License-Identifier: Apache-2.0
#include "cardea/identity/pages/confirmation.h"

#include "cardea/account/identity.h"
#include "cardea/html/tags.h"
#include "cardea/http/query.h"
#include "cardea/identity/pages/messages.h"
#include "cardea/identity/pages/widgets.h"
#include "cardea/web/problem.h"

#include <algorithm>
#include <utility>

namespace cardea::identity {
namespace {

ProviderLink link_to(const Provider& provider, std::string_view next) {
    std::string href = "/login/" + provider.id;
    if (!next.empty()) {
        href += '?';
        http::append_field(href, "next", next);
    }
    return {provider.name, std::move(href)};
}

}  // namespace

std::vector<ProviderLink> provider_links(const Providers& providers, std::string_view next) {
    std::vector<ProviderLink> links;
    for (const Provider& provider : providers.all()) {
        links.push_back(link_to(provider, next));
    }
    return links;
}

Task<Result<Confirmation>> find_confirmation(
    const Services& services, AccountId account, std::string_view next
) {
    Result<account::AccountRecord> record = co_await account::load_account(services.account_rows, account);
    if (!record) {
        co_return propagate(record);
    }
    Result<std::vector<account::FederatedIdentity>> identities = co_await services.federation.list(account);
    if (!identities) {
        co_return propagate(identities);
    }
    Confirmation confirmation{.by_password = !record->password_hash.empty(), .links{}};
    for (const Provider& provider : services.providers.all()) {
        if (std::ranges::count(*identities, provider.issuer(), &account::FederatedIdentity::issuer) == 0) {
            continue;
        }
        if (provider.takes_prompt_login) {
            confirmation.links.push_back(link_to(provider, next));
        } else {
            confirmation.by_new_sign_in = true;
        }
    }
    co_return confirmation;
}

std::string confirmation_problem(const Error& error) {
    return error.code == Errc::credentials_wrong ? std::string(messages.current_password_wrong)
                                                 : web::problem_sentence(error);
}

namespace {

/// What is left to somebody who can confirm by nothing.
html::Node other_advice(const Confirmation& confirmation) {
    if (confirmation.by_password || !confirmation.links.empty()) {
        return {};
    }
    return html::p(
        confirmation.by_new_sign_in ? messages.confirm_by_new_sign_in : messages.confirm_by_nothing
    );
}

}  // namespace

html::Node confirmation_fields(const Confirmation& confirmation) {
    html::Node password = confirmation.by_password ? password_field({
                                                         .name = "password",
                                                         .label = messages.current_password,
                                                         .autocomplete = "current-password",
                                                     })
                                                   : html::Node();
    return html::fragment(
        html::p({.class_ = "hint"}, messages.confirm_lead),
        std::move(password),
        provider_buttons(messages.confirm_with, confirmation.links),
        other_advice(confirmation)
    );
}

html::Node provider_buttons(std::string_view label, std::span<const ProviderLink> links) {
    std::vector<html::Node> buttons;
    for (const ProviderLink& link : links) {
        buttons.push_back(html::a({.class_ = "button quiet full", .href = link.href}, label, " ", link.name));
    }
    return buttons.empty() ? html::Node() : html::div({.class_ = "actions"}, html::Node(std::move(buttons)));
}

html::Node or_divider() {
    return html::p({.class_ = "divider"}, messages.or_so);
}

}  // namespace cardea::identity
