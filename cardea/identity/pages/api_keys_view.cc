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

html::Node key_row(const apikey::ApiKeyRecord& key, const ApiKeysView& view) {
    return html::li(
        {.class_ = "row"},
        html::div(
            {.class_ = "row-text"},
            html::strong(key.name),
            html::p({.class_ = "muted"}, html::code(key.hint)),
            key.scopes.empty() ? html::Node()
                               : html::p({.class_ = "muted"}, messages.scopes, ": ", key.scopes),
            html::p({.class_ = "muted"}, messages.made_at, " ", moment(key.created_at), " · ", last_use(key)),
            html::p({.class_ = "muted"}, ending(key, view.now))
        ),
        button_form({
            .action = "/account/api-keys/" + key.id.to_string() + "/revoke",
            .label = messages.revoke_api_key,
            .look = "quiet",
            .csrf_token = view.csrf_token,
        })
    );
}

html::Node new_key_card(std::string_view new_key) {
    return html::section(
        {.class_ = "card"},
        html::h2(messages.new_api_key),
        notice(Tone::good, messages.copy_api_key),
        html::div(
            {.class_ = "field"},
            html::label({.for_ = "key"}, messages.api_key),
            html::input({
                .autocomplete = "off",
                .id = "key",
                .readonly = true,
                .spellcheck = "false",
                .type = "text",
                .value = new_key,
            })
        )
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
        }),
        input_field({
            .name = "scopes",
            .label = messages.scopes_optional,
            .autocomplete = "off",
            .value = view.scopes,
            .hint = messages.scopes_hint,
            .problem = view.scopes_problem,
            .required = false,
        }),
        select_field("lifetime", messages.lifetime, lifetimes, view.lifetime),
        view.confirmation ? confirmation_fields(*view.confirmation) : html::Node()
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
        html::h1(messages.api_keys_title),
        notice(Tone::good, view.good_news),
        notice(Tone::bad, view.problem),
        view.new_key.empty() ? html::Node() : new_key_card(view.new_key),
        list_card(view, keys),
        form_card(view)
    );
}

}  // namespace cardea::identity
