// SPDX-License-Identifier: Apache-2.0
#include "cardea/identity/pages/account_views.h"

#include "cardea/html/tags.h"
#include "cardea/http/user_agent.h"
#include "cardea/identity/pages/messages.h"
#include "cardea/identity/pages/widgets.h"

#include <vector>

namespace cardea::identity {
namespace {

html::Node fact(std::string_view term, html::Node description) {
    return html::div(html::dt(term), html::dd(std::move(description)));
}

html::Node fact_if(std::string_view term, std::string_view text) {
    return text.empty() ? html::Node() : fact(term, text);
}

html::Node link_card(std::string_view address, std::string_view title, std::string_view lead) {
    return html::section(
        {.class_ = "card link"},
        html::h2(html::a({.href = address}, title)),
        html::p({.class_ = "lead"}, lead)
    );
}

/// The session that shows the page is in use at this very moment, whatever was written down last.
html::Node last_seen(const session::SessionRecord& session, bool is_current) {
    html::Node when = is_current ? html::Node(messages.now) : moment(session.last_seen_at);
    return html::p(
        {.class_ = "muted dotted"},
        html::span(messages.last_seen_at, " ", std::move(when)),
        " ",
        html::span(messages.from_address, " ", session.client_address)
    );
}

html::Node session_row(
    const session::SessionRecord& session, SessionId current, std::string_view csrf_token
) {
    const bool is_current = session.id == current;
    const std::string device = http::describe_user_agent(session.user_agent);
    html::Node end =
        is_current
            ? html::span({.class_ = "tag"}, messages.this_session)
            : button_form({
                  .action = "/account/sessions/" + session.id.to_string() + "/end",
                  .label = messages.end_session,
                  .look = "quiet",
                  .csrf_token = csrf_token,
                  .name = action_on(messages.end_session, device + ", " + moment_text(session.created_at)),
              });
    return html::li(
        {.class_ = "row"},
        html::div(
            {.class_ = "row-text"},
            html::strong(device),
            html::p({.class_ = "muted"}, messages.signed_in_at, " ", moment(session.created_at)),
            last_seen(session, is_current)
        ),
        std::move(end)
    );
}

html::Node end_others_form(const SessionsView& view) {
    html::Node proof = view.confirmation ? confirmation_fields(*view.confirmation) : html::Node();
    return html::section(
        {.class_ = "card"},
        html::h2(messages.end_other_sessions),
        html::p({.class_ = "lead"}, messages.end_other_sessions_lead),
        html::form(
            {.action = "/account/sessions/end-others", .class_ = "stack", .method = "post"},
            csrf_input(view.csrf_token),
            std::move(proof),
            html::div(
                {.class_ = "actions"},
                html::button({.class_ = "danger", .type = "submit"}, messages.end_other_sessions)
            )
        )
    );
}

html::Node new_password_field(const PasswordView& view) {
    return password_field({
        .name = "new_password",
        .label = messages.new_password,
        .autocomplete = "new-password",
        .hint = view.hint,
        .problem = view.new_problem,
        .autofocus = !view.new_problem.empty(),
    });
}

/// Tells a password manager whose password this is. Nobody sees it, and it is not sent.
html::Node account_name(const PasswordView& view) {
    return html::input({
        .autocomplete = "username",
        .hidden = true,
        .readonly = true,
        .type = "text",
        .value = view.login,
    });
}

}  // namespace

html::Node account_cards(const AccountUser& user, bool has_identities) {
    return html::fragment(
        html::h1(messages.account_title),
        html::section(
            {.class_ = "card"},
            html::dl(
                {.class_ = "facts"},
                fact_if(messages.display_name, user.name()),
                fact_if(messages.email_address, user.email()),
                fact_if(messages.user_name, user.username()),
                fact(messages.account_id, html::code(user.id().to_string()))
            )
        ),
        link_card("/account/sessions", messages.sessions_link, messages.sessions_link_lead),
        link_card("/account/api-keys", messages.api_keys_link, messages.api_keys_link_lead),
        has_identities
            ? link_card("/account/identities", messages.identities_link, messages.identities_link_lead)
            : html::Node(),
        link_card("/account/password", messages.password_link, messages.password_link_lead)
    );
}

html::Node sessions_cards(
    const SessionsView& view, std::span<const session::SessionRecord> sessions, SessionId current
) {
    std::vector<html::Node> rows;
    rows.reserve(sessions.size());
    for (const session::SessionRecord& session : sessions) {
        rows.push_back(session_row(session, current, view.csrf_token));
    }
    return html::fragment(
        account_heading(messages.sessions_title),
        notice(Tone::good, view.good_news),
        problem_notice(view.problem),
        html::section({.class_ = "card"}, html::ul({.class_ = "rows"}, html::Node(std::move(rows)))),
        sessions.size() > 1 ? end_others_form(view) : html::Node()
    );
}

html::Node password_card(const PasswordView& view) {
    return html::fragment(
        account_heading(messages.password_title),
        notice(Tone::good, view.good_news),
        problem_notice(view.problem),
        html::section(
            {.class_ = "card"},
            html::form(
                {.action = "/account/password", .class_ = "stack", .method = "post"},
                csrf_input(view.csrf_token),
                account_name(view),
                password_field({
                    .name = "current_password",
                    .label = messages.current_password,
                    .autocomplete = "current-password",
                    .problem = view.current_problem,
                    .autofocus = !view.current_problem.empty(),
                }),
                new_password_field(view),
                html::div({.class_ = "actions"}, html::button({.type = "submit"}, messages.change_password))
            )
        )
    );
}

html::Node first_password_card(const PasswordView& view, const std::optional<Confirmation>& confirmation) {
    html::Node form =
        confirmation
            ? confirmation_fields(*confirmation)
            : html::form(
                  {.action = "/account/password", .class_ = "stack", .method = "post"},
                  csrf_input(view.csrf_token),
                  account_name(view),
                  new_password_field(view),
                  html::div({.class_ = "actions"}, html::button({.type = "submit"}, messages.set_password))
              );
    return html::fragment(
        account_heading(messages.first_password_title),
        problem_notice(view.problem),
        html::section(
            {.class_ = "card"}, html::p({.class_ = "lead"}, messages.first_password_lead), std::move(form)
        )
    );
}

}  // namespace cardea::identity
