// SPDX-License-Identifier: Apache-2.0
#include "cardea/identity/pages/widgets.h"

#include "cardea/base/time_text.h"
#include "cardea/html/tags.h"
#include "cardea/identity/pages/messages.h"

#include <vector>

namespace cardea::identity {
namespace {

/// The ids of what describes the input, as aria-describedby wants them.
std::string described_by(const InputField& field) {
    std::string ids;
    if (!field.problem.empty()) {
        ids += std::string(field.name) + "-problem ";
    }
    if (!field.hint.empty()) {
        ids += std::string(field.name) + "-hint ";
    }
    ids += field.described_by;
    return ids;
}

html::Node input(const InputField& field) {
    const std::string ids = described_by(field);
    return html::input({
        .aria =
            {{"describedby", ids.empty() ? html::Attributes::Text() : html::Attributes::Text(ids)},
             {"invalid", field.problem.empty() ? "false" : "true"}},
        .autocapitalize = field.autocomplete == "name" ? "words" : "none",
        .autocomplete = field.autocomplete,
        .autofocus = field.autofocus,
        .id = field.name,
        .maxlength = field.maxlength,
        .name = field.name,
        .required = field.required,
        .spellcheck = "false",
        .type = field.type,
        .value = field.value,
    });
}

html::Node labelled(const InputField& field, html::Node control) {
    const std::string problem_id = std::string(field.name) + "-problem";
    const std::string hint_id = std::string(field.name) + "-hint";
    return html::div(
        {.class_ = "field"},
        html::label({.for_ = field.name}, field.label),
        std::move(control),
        field.problem.empty() ? html::Node()
                              : html::p({.class_ = "problem", .id = problem_id}, field.problem),
        field.hint.empty() ? html::Node() : html::p({.class_ = "hint", .id = hint_id}, field.hint)
    );
}

}  // namespace

html::Node csrf_input(std::string_view token) {
    return html::input({.name = "csrf_token", .type = "hidden", .value = token});
}

html::Node input_field(const InputField& field) {
    return labelled(field, input(field));
}

html::Node select_field(const SelectField& field) {
    std::vector<html::Node> options;
    for (const Choice& choice : field.choices) {
        options.push_back(
            html::option({.selected = choice.value == field.selected, .value = choice.value}, choice.label)
        );
    }
    const std::string_view id = field.id.empty() ? field.name : std::string_view(field.id);
    return html::div(
        {.class_ = "field"},
        html::label({.for_ = id}, field.label),
        html::select({.id = id, .name = field.name}, html::Node(std::move(options)))
    );
}

html::Node password_field(InputField field) {
    field.type = "password";
    return labelled(field, html::div({.class_ = "password"}, input(field)));
}

html::Node account_heading(std::string_view title) {
    return html::div(
        {.class_ = "heading"},
        html::a({.class_ = "back", .href = "/account"}, messages.account_title),
        html::h1(title)
    );
}

html::Node notice(Tone tone, std::string_view sentence) {
    if (sentence.empty()) {
        return {};
    }
    return tone == Tone::good ? html::p({.class_ = "notice good", .role = "status"}, sentence)
                              : html::p({.class_ = "notice bad", .role = "alert"}, sentence);
}

html::Node problem_notice(std::string_view sentence, Focus focus) {
    if (sentence.empty()) {
        return {};
    }
    const bool is_here = focus == Focus::here;
    return html::p(
        {.autofocus = is_here,
         .class_ = "notice bad",
         .id = problem_id,
         .role = "alert",
         .tabindex = is_here ? "-1" : html::Attributes::Text()},
        sentence
    );
}

std::string moment_text(Time time) {
    // "2026-11-21T10:22:31.123Z" is for programs; people get the minute.
    const std::string text = to_rfc3339(time);
    return text.substr(0, 10) + " " + text.substr(11, 5) + " UTC";
}

html::Node moment(Time time) {
    return html::time({.datetime = to_rfc3339(time)}, moment_text(time));
}

std::string action_on(std::string_view action, std::string_view thing) {
    return std::string(action).append(": ").append(thing);
}

html::Node button_form(const ButtonForm& form) {
    return html::form(
        {.action = form.action, .method = "post"},
        csrf_input(form.csrf_token),
        form.name.empty()
            ? html::button({.class_ = form.look, .type = "submit"}, form.label)
            : html::button(
                  {.aria = {{"label", form.name}}, .class_ = form.look, .type = "submit"}, form.label
              )
    );
}

}  // namespace cardea::identity
