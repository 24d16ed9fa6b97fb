// SPDX-License-Identifier: Apache-2.0
#include "cardea/identity/pages/federation_views.h"

#include "cardea/html/tags.h"
#include "cardea/identity/pages/messages.h"
#include "cardea/identity/pages/widgets.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace cardea::identity {
namespace {

std::string action(const Provider& provider, std::string_view answer) {
    return "/login/" + provider.id + std::string(answer);
}

html::Node password_form(const QuestionView& view) {
    if (!view.question.offers_password) {
        return html::fragment(
            html::p(messages.link_no_password_lead),
            html::div(
                {.class_ = "actions"},
                html::a({.class_ = "button full", .href = "/login"}, messages.to_sign_in)
            )
        );
    }
    return html::form(
        {.action = action(view.provider, "/link"), .class_ = "stack", .method = "post"},
        csrf_input(view.csrf_token),
        html::p({.class_ = "hint"}, messages.link_password_lead, " ", view.provider.name, "."),
        password_field({
            .name = "password",
            .label = messages.password,
            .autocomplete = "current-password",
            .problem = view.password_problem,
            .autofocus = !view.password_problem.empty(),
        }),
        html::div(
            {.class_ = "actions"},
            html::button({.class_ = "full", .type = "submit"}, messages.link_and_sign_in)
        )
    );
}

html::Node account_form(const QuestionView& view, std::string_view label, std::string_view look) {
    const bool by_invitation = view.question.offers_account == account::RegistrationMode::by_invitation;
    html::Node invitation = by_invitation ? input_field({
                                                .name = "invitation",
                                                .label = messages.invitation,
                                                .autocomplete = "off",
                                                .hint = messages.invitation_hint,
                                                .problem = view.invitation_problem,
                                                .autofocus = !view.invitation_problem.empty(),
                                            })
                                          : html::Node();
    return html::form(
        {.action = action(view.provider, "/new"), .class_ = "stack", .method = "post"},
        csrf_input(view.csrf_token),
        std::move(invitation),
        html::div({.class_ = "actions"}, html::button({.class_ = look, .type = "submit"}, label))
    );
}

html::Node separate_account(const QuestionView& view) {
    if (view.question.offers_account == account::RegistrationMode::closed) {
        return {};
    }
    return html::fragment(
        or_divider(),
        html::p({.class_ = "hint"}, messages.separate_account_lead),
        account_form(view, messages.separate_account, "quiet full")
    );
}

std::string_view provider_name(const Providers& providers, const std::string& issuer) {
    const Provider* provider = providers.find_issuer(issuer);
    return provider == nullptr ? std::string_view(issuer) : std::string_view(provider->name);
}

html::Node identity_row(
    const IdentitiesView& view, const account::FederatedIdentity& identity, const Providers& providers
) {
    html::Node take_off =
        view.confirmation
            ? html::Node()
            : button_form({
                  .action = "/account/identities/" + identity.id.to_string() + "/unlink",
                  .label = messages.disconnect,
                  .look = "quiet",
                  .csrf_token = view.csrf_token,
                  .name = action_on(messages.disconnect, provider_name(providers, identity.issuer)),
              });
    const bool is_offered = providers.find_issuer(identity.issuer) != nullptr;
    return html::li(
        {.class_ = "row"},
        html::div(
            {.class_ = "row-text"},
            html::strong(provider_name(providers, identity.issuer)),
            is_offered ? html::Node() : html::p(messages.no_longer_offered),
            html::p({.class_ = "muted"}, identity.label),
            html::p({.class_ = "muted"}, messages.connected_at, " ", moment(identity.linked_at)),
            html::p({.class_ = "muted"}, messages.last_used_at, " ", moment(identity.last_used_at))
        ),
        std::move(take_off)
    );
}

html::Node connect_card(
    const IdentitiesView& view,
    std::span<const account::FederatedIdentity> identities,
    const Providers& providers
) {
    std::vector<html::Node> rows;
    for (const Provider& provider : providers.all()) {
        if (std::ranges::count(identities, provider.issuer(), &account::FederatedIdentity::issuer) > 0) {
            continue;
        }
        rows.push_back(html::li(
            {.class_ = "row"},
            html::div({.class_ = "row-text"}, html::strong(provider.name)),
            button_form({
                .action = "/account/providers/" + provider.id + "/link",
                .label = messages.connect,
                .look = "quiet",
                .csrf_token = view.csrf_token,
                .name = action_on(messages.connect, provider.name),
            })
        ));
    }
    if (rows.empty() || view.confirmation) {
        return {};
    }
    return html::section(
        {.class_ = "card"},
        html::h2(messages.connect),
        html::p({.class_ = "lead"}, messages.connect_lead),
        html::ul({.class_ = "rows"}, html::Node(std::move(rows)))
    );
}

html::Node confirmation_card(const IdentitiesView& view) {
    if (!view.confirmation) {
        return {};
    }
    html::Node go_on =
        view.confirmation->by_password
            ? html::div({.class_ = "actions"}, html::button({.type = "submit"}, messages.confirm))
            : html::Node();
    return html::section(
        {.class_ = "card"},
        html::h2(messages.confirm_title),
        html::form(
            {.action = "/account/identities/confirm", .class_ = "stack", .method = "post"},
            csrf_input(view.csrf_token),
            confirmation_fields(*view.confirmation),
            std::move(go_on)
        )
    );
}

}  // namespace

html::Node question_card(const QuestionView& view) {
    if (!view.question.has_account) {
        return html::section(
            {.class_ = "card"},
            html::h1(messages.invited_title),
            html::p({.class_ = "lead"}, messages.signed_in_at_provider, " ", view.provider.name, "."),
            problem_notice(view.problem),
            account_form(view, messages.create_account, "full")
        );
    }
    return html::section(
        {.class_ = "card"},
        html::h1(messages.link_title),
        html::p({.class_ = "lead"}, messages.link_lead, " ", html::strong(view.question.email)),
        problem_notice(view.problem),
        password_form(view),
        separate_account(view)
    );
}

html::Node departure_card(const Provider& provider, std::string_view url) {
    return html::section(
        {.class_ = "card"},
        html::h1(messages.going_to, " ", provider.name),
        html::p({.class_ = "lead"}, messages.going_to_lead),
        html::div(
            {.class_ = "actions"},
            html::a({.class_ = "button full", .href = url}, messages.continue_with, " ", provider.name)
        )
    );
}

html::Node identities_cards(
    const IdentitiesView& view,
    std::span<const account::FederatedIdentity> identities,
    const Providers& providers
) {
    std::vector<html::Node> rows;
    for (const account::FederatedIdentity& identity : identities) {
        rows.push_back(identity_row(view, identity, providers));
    }
    html::Node list = rows.empty() ? html::p(messages.no_identities)
                                   : html::ul({.class_ = "rows"}, html::Node(std::move(rows)));
    return html::fragment(
        account_heading(messages.identities_title),
        notice(Tone::good, view.good_news),
        problem_notice(view.problem),
        confirmation_card(view),
        html::section({.class_ = "card"}, std::move(list)),
        connect_card(view, identities, providers)
    );
}

}  // namespace cardea::identity
