// SPDX-License-Identifier: Apache-2.0
#include "cardea/identity/pages/sign_in_form.h"

#include "cardea/html/tags.h"
#include "cardea/http/query.h"
#include "cardea/identity/pages/messages.h"
#include "cardea/identity/pages/widgets.h"

namespace cardea::identity {
namespace {

/// The link to the other form, which leads to the same page.
html::Node other_way(
    std::string_view question, std::string_view address, std::string_view text, std::string_view next
) {
    std::string href(address);
    if (!next.empty()) {
        href += '?';
        http::append_field(href, "next", next);
    }
    return html::p({.class_ = "muted"}, question, " ", html::a({.href = href}, text));
}

/// Where the form leads travels in the form: two tabs lead to two pages, and a form that stood open for a
/// day still leads where it should.
html::Node next_input(std::string_view next) {
    return next.empty() ? html::Node() : html::input({.name = "next", .type = "hidden", .value = next});
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
    // The name is there again, so the next thing to type is the password. Before a name is, it is that.
    const bool has_failed = !form.problem.empty() && !form.login.empty();
    return html::section(
        {.class_ = "card"},
        html::h1(messages.sign_in_title),
        notice(Tone::good, form.good_news),
        problem_notice(form.problem, has_failed ? Focus::none : Focus::here),
        html::form(
            {.action = "/login", .class_ = "stack", .method = "post"},
            csrf_input(form.csrf_token),
            next_input(form.next),
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
                .described_by = has_failed ? problem_id : std::string_view(),
                .autofocus = !form.login.empty(),
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
        form.registration_open ? other_way(messages.new_here, "/register", messages.to_register, form.next)
                               : html::Node()
    );
}

html::Node registration_card(const RegistrationForm& form) {
    html::Node invitation = form.by_invitation ? input_field({
                                                     .name = "invitation",
                                                     .label = messages.invitation,
                                                     .autocomplete = "off",
                                                     .value = form.invitation,
                                                     .hint = messages.invitation_hint,
                                                     .problem = form.invitation_problem,
                                                     .autofocus = !form.invitation_problem.empty(),
                                                 })
                                               : html::Node();
    return html::section(
        {.class_ = "card"},
        html::h1(messages.register_title),
        problem_notice(form.problem),
        html::form(
            {.action = "/register", .class_ = "stack", .method = "post"},
            csrf_input(form.csrf_token),
            next_input(form.next),
            std::move(invitation),
            input_field({
                .name = "login",
                .label = messages.login,
                .autocomplete = "username",
                .value = form.login,
                .problem = form.login_problem,
                .autofocus = !form.login_problem.empty(),
            }),
            input_field({
                .name = "name",
                .label = messages.name_optional,
                .autocomplete = "name",
                .value = form.name,
                .problem = form.name_problem,
                .required = false,
                .autofocus = form.login_problem.empty() && !form.name_problem.empty(),
            }),
            password_field({
                .name = "password",
                .label = messages.password,
                .autocomplete = "new-password",
                .hint = form.password_hint,
                .problem = form.password_problem,
                .autofocus = !form.password_problem.empty(),
            }),
            html::div(
                {.class_ = "actions"},
                html::button({.class_ = "full", .type = "submit"}, messages.create_account)
            )
        ),
        provider_choice(form.providers),
        other_way(messages.have_account, "/login", messages.to_sign_in, form.next)
    );
}

}  // namespace cardea::identity
