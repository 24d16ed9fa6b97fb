// SPDX-License-Identifier: Apache-2.0
#include "cardea/identity/pages/widgets.h"

#include "cardea/base/time_text.h"
#include "cardea/html/tags.h"

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
        ids += std::string(field.name) + "-hint";
    }
    return ids;
}

html::Node input(const InputField& field) {
    const std::string description = described_by(field);
    return html::input({
        .aria = {{"describedby", description}, {"invalid", field.problem.empty() ? "false" : "true"}},
        .autocapitalize = "none",
        .autocomplete = field.autocomplete,
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

html::Node select_field(
    std::string_view name, std::string_view label, std::span<const Choice> choices, std::string_view selected
) {
    std::vector<html::Node> options;
    for (const Choice& choice : choices) {
        options.push_back(
            html::option({.selected = choice.value == selected, .value = choice.value}, choice.label)
        );
    }
    return html::div(
        {.class_ = "field"},
        html::label({.for_ = name}, label),
        html::select({.id = name, .name = name}, html::Node(std::move(options)))
    );
}

html::Node password_field(InputField field) {
    field.type = "password";
    return labelled(field, html::div({.class_ = "password"}, input(field)));
}

html::Node notice(Tone tone, std::string_view sentence) {
    if (sentence.empty()) {
        return {};
    }
    return tone == Tone::good ? html::p({.class_ = "notice good", .role = "status"}, sentence)
                              : html::p({.class_ = "notice bad", .role = "alert"}, sentence);
}

html::Node moment(Time time) {
    const std::string text = to_rfc3339(time);
    // "2026-11-21T10:22:31.123Z" is for programs; people get the minute.
    std::string readable = text.substr(0, 10) + " " + text.substr(11, 5) + " UTC";
    return html::time({.datetime = text}, std::move(readable));
}

html::Node button_form(const ButtonForm& form) {
    return html::form(
        {.action = form.action, .method = "post"},
        csrf_input(form.csrf_token),
        html::button({.class_ = form.look, .type = "submit"}, form.label)
    );
}

}  // namespace cardea::identity
