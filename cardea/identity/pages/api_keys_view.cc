// SPDX-License-Identifier: Apache-2.0
#include "cardea/identity/pages/api_keys_view.h"

#include "cardea/apikey/policy.h"
#include "cardea/html/tags.h"
#include "cardea/identity/pages/messages.h"
#include "cardea/identity/pages/widgets.h"

#include <array>
#include <vector>

namespace cardea::identity {
namespace {

constexpr std::array lifetimes{
    Choice{"30d", messages.for_30_days},
    Choice{"90d", messages.for_90_days},
    Choice{"365d", messages.for_a_year},
    Choice{"never", messages.until_revoked},
};

constexpr std::array overlaps{
    Choice{"none", messages.no_overlap},
    Choice{"1h", messages.for_an_hour},
    Choice{"24h", messages.for_a_day},
    Choice{"7d", messages.for_a_week},
};

html::Node ending(const apikey::ApiKeyRecord& key, Time now) {
    if (!key.expires_at) {
        return messages.does_not_expire;
    }
    const bool is_over = apikey::decide(key, now) == apikey::KeyState::expired;
    return html::fragment(is_over ? messages.expired_at : messages.expires_at, " ", moment(*key.expires_at));
}

html::Node last_use(const apikey::ApiKeyRecord& key) {
    return key.last_used_at ? html::fragment(messages.last_used_at, " ", moment(*key.last_used_at))
                            : html::Node(messages.never_used);
}

/// What a key's button does, with what goes before it: opens without JavaScript.
html::Node unfolding(
    const apikey::ApiKeyRecord& key, std::string_view label, bool is_open, html::Node content
) {
    const std::string name = action_on(label, key.name);
    return html::details(
        {.open = is_open},
        html::summary({.aria = {{"label", name}}, .class_ = "button quiet"}, label),
        std::move(content)
    );
}

html::Node rotation(const apikey::ApiKeyRecord& key, const ApiKeysView& view) {
    const bool is_possible =
        key.replaced_by.is_nil() && apikey::decide(key, view.now) != apikey::KeyState::expired;
    if (!is_possible) {
        return {};
    }
    const std::string action = "/account/api-keys/" + key.id.to_string() + "/rotate";
    const bool is_open = view.rotating == key.id;
    return unfolding(
        key,
        messages.rotate_api_key,
        is_open,
        html::form(
            {.action = action, .class_ = "stack", .method = "post"},
            csrf_input(view.csrf_token),
            html::p({.class_ = "hint"}, messages.rotate_api_key_lead),
            select_field(
                {"overlap", messages.overlap, overlaps, view.overlap, "overlap-" + key.id.to_string()}
            ),
            is_open && view.confirmation ? confirmation_fields(*view.confirmation) : html::Node(),
            html::div({.class_ = "actions"}, html::button({.type = "submit"}, messages.rotate_now))
        )
    );
}

html::Node revocation(const apikey::ApiKeyRecord& key, const ApiKeysView& view) {
    const std::string action = "/account/api-keys/" + key.id.to_string() + "/revoke";
    return unfolding(
        key,
        messages.revoke_api_key,
        false,
        html::form(
            {.action = action, .class_ = "stack", .method = "post"},
            csrf_input(view.csrf_token),
            html::p({.class_ = "hint"}, messages.revoke_api_key_lead),
            html::div(
                {.class_ = "actions"},
                html::button({.class_ = "danger", .type = "submit"}, messages.revoke_now)
            )
        )
    );
}

html::Node key_row(const apikey::ApiKeyRecord& key, const ApiKeysView& view) {
    return html::li(
        {.class_ = "row"},
        html::div(
            {.class_ = "row-text"},
            html::strong(key.name),
            html::p({.class_ = "muted"}, html::code(key.hint)),
            key.scopes.empty() ? html::Node()
                               : html::p({.class_ = "muted"}, messages.scopes, ": ", key.scopes),
            html::p(
                {.class_ = "muted dotted"},
                html::span(messages.made_at, " ", moment(key.created_at)),
                " ",
                html::span(last_use(key))
            ),
            html::p({.class_ = "muted"}, ending(key, view.now))
        ),
        rotation(key, view),
        revocation(key, view)
    );
}

html::Node new_key_card(std::string_view new_key) {
    return html::section(
        {.class_ = "card"},
        html::h2(messages.new_api_key),
        notice(Tone::good, messages.copy_api_key),
        html::p({.class_ = "copy"}, html::code(new_key))
    );
}

html::Node form_fields(const ApiKeysView& view) {
    return html::fragment(
        input_field({
            .name = "name",
            .label = messages.api_key_name,
            .autocomplete = "off",
            .value = view.name,
            .hint = messages.api_key_name_hint,
            .problem = view.name_problem,
            .maxlength = "100",
            .autofocus = !view.name_problem.empty(),
        }),
        input_field({
            .name = "scopes",
            .label = messages.scopes_optional,
            .autocomplete = "off",
            .value = view.scopes,
            .hint = messages.scopes_hint,
            .problem = view.scopes_problem,
            .required = false,
            .autofocus = view.name_problem.empty() && !view.scopes_problem.empty(),
        }),
        select_field({"lifetime", messages.lifetime, lifetimes, view.lifetime}),
        view.confirmation && view.rotating.is_nil() ? confirmation_fields(*view.confirmation) : html::Node()
    );
}

html::Node form_card(const ApiKeysView& view) {
    return html::section(
        {.class_ = "card"},
        html::h2(messages.make_api_key),
        html::p({.class_ = "lead"}, messages.make_api_key_lead),
        html::form(
            {.action = "/account/api-keys", .class_ = "stack", .method = "post"},
            csrf_input(view.csrf_token),
            form_fields(view),
            html::div({.class_ = "actions"}, html::button({.type = "submit"}, messages.make_api_key))
        )
    );
}

html::Node list_card(const ApiKeysView& view, std::span<const apikey::ApiKeyRecord> keys) {
    if (keys.empty()) {
        return html::section({.class_ = "card"}, html::p({.class_ = "muted"}, messages.no_api_keys));
    }
    std::vector<html::Node> rows;
    rows.reserve(keys.size());
    for (const apikey::ApiKeyRecord& key : keys) {
        rows.push_back(key_row(key, view));
    }
    return html::section({.class_ = "card"}, html::ul({.class_ = "rows"}, html::Node(std::move(rows))));
}

}  // namespace

html::Node api_keys_cards(const ApiKeysView& view, std::span<const apikey::ApiKeyRecord> keys) {
    return html::fragment(
        account_heading(messages.api_keys_title),
        notice(Tone::good, view.good_news),
        problem_notice(view.problem),
        view.new_key.empty() ? html::Node() : new_key_card(view.new_key),
        list_card(view, keys),
        form_card(view)
    );
}

}  // namespace cardea::identity
