// SPDX-License-Identifier: Apache-2.0
#include "cardea/identity/pages/sign_in_form.h"

#include "cardea/html/tags.h"
#include "cardea/identity/pages/messages.h"
#include "cardea/identity/pages/widgets.h"

namespace cardea::identity {
namespace {

html::Node other_way(std::string_view question, std::string_view address, std::string_view text) {
    return html::p({.class_ = "muted"}, question, " ", html::a({.href = address}, text));
}

/// The other way in, under a form.
html::Node provider_choice(const std::vector<ProviderLink>& providers) {
    if (providers.empty()) {
        return {};
    }
    return html::fragment(or_divider(), provider_buttons(messages.continue_with, providers));
}

}  // namespace

html::Node sign_in_card(const SignInForm& form) {
    return html::section(
        {.class_ = "card"},
        html::h1(messages.sign_in_title),
        notice(Tone::good, form.good_news),
        notice(Tone::bad, form.problem),
        html::form(
            {.action = "/login", .class_ = "stack", .method = "post"},
            csrf_input(form.csrf_token),
            input_field({
                .name = "login",
                .label = messages.login,
                .autocomplete = "username",
                .value = form.login,
            }),
            password_field({
                .name = "password",
                .label = messages.password,
                .autocomplete = "current-password",
            }),
            html::div(
                {.class_ = "check"},
                html::input({.id = "remember", .name = "remember", .type = "checkbox", .value = "yes"}),
                html::label({.for_ = "remember"}, messages.remember)
            ),
            html::div(
                {.class_ = "actions"}, html::button({.class_ = "full", .type = "submit"}, messages.sign_in)
            )
        ),
        provider_choice(form.providers),
        form.registration_open ? other_way(messages.new_here, "/register", messages.to_register)
                               : html::Node()
    );
}

html::Node registration_card(const RegistrationForm& form) {
    html::Node invitation = form.by_invitation ? input_field({
                                                     .name = "invitation",
                                                     .label = messages.invitation,
                                                     .autocomplete = "off",
                                                     .hint = messages.invitation_hint,
                                                 })
                                               : html::Node();
    return html::section(
        {.class_ = "card"},
        html::h1(messages.register_title),
        notice(Tone::bad, form.problem),
        html::form(
            {.action = "/register", .class_ = "stack", .method = "post"},
            csrf_input(form.csrf_token),
            std::move(invitation),
            input_field({
                .name = "login",
                .label = messages.login,
                .autocomplete = "username",
                .value = form.login,
                .problem = form.login_problem,
            }),
            input_field({
                .name = "name",
                .label = messages.name_optional,
                .autocomplete = "name",
                .value = form.name,
                .problem = form.name_problem,
                .required = false,
            }),
            password_field({
                .name = "password",
                .label = messages.password,
                .autocomplete = "new-password",
                .hint = messages.password_hint,
                .problem = form.password_problem,
            }),
            html::div(
                {.class_ = "actions"},
                html::button({.class_ = "full", .type = "submit"}, messages.create_account)
            )
        ),
        provider_choice(form.providers),
        other_way(messages.have_account, "/login", messages.to_sign_in)
    );
}

}  // namespace cardea::identity
