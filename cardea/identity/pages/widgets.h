// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/clock.h"
#include "cardea/html/node.h"

#include <span>
#include <string>
#include <string_view>

namespace cardea::identity {

/// The hidden field that every form of ours carries.
[[nodiscard]] html::Node csrf_input(std::string_view token);

/// One labelled input with what helps to fill it in.
struct InputField {
    std::string_view name;
    std::string_view label;
    std::string_view type = "text";
    std::string_view autocomplete;
    std::string_view value{};
    std::string_view hint{};
    std::string_view problem{};  ///< what is wrong with what was sent; tied to the input for screen readers
    std::string_view described_by{};  ///< id of what else says something about it
    std::string_view maxlength{};
    bool required = true;
    bool autofocus = false;  ///< for one at most of a page
};
[[nodiscard]] html::Node input_field(const InputField& field);

/// One of the choices of a select_field.
struct Choice {
    std::string_view value;
    std::string_view label;
};
/// A labelled list to choose one from.
struct SelectField {
    std::string_view name;
    std::string_view label;
    std::span<const Choice> choices;
    std::string_view selected;  ///< a value of the choices
    std::string id{};           ///< where a page has several of that name
};
[[nodiscard]] html::Node select_field(const SelectField& field);

/// The same for a password; nothing limits what may be pasted (ASVS 5.0, 6.2.7).
[[nodiscard]] html::Node password_field(InputField field);

/// The title of a page about a part of somebody's account, with the way back to the whole.
[[nodiscard]] html::Node account_heading(std::string_view title);

/// What a notice tells of.
enum class Tone : bool { good, bad };
/// A sentence that is read out at once; nothing when it is empty.
[[nodiscard]] html::Node notice(Tone tone, std::string_view sentence);
/// Why a form did not work, where no single field says so. It has the focus, unless a field takes that and
/// names the notice by its id: `problem_id`.
enum class Focus : bool { none, here };
inline constexpr std::string_view problem_id = "problem";
[[nodiscard]] html::Node problem_notice(std::string_view sentence, Focus focus = Focus::here);

/// A moment in UTC, which app.js shows in the reader's own time.
[[nodiscard]] html::Node moment(Time time);

/// The same as a text.
[[nodiscard]] std::string moment_text(Time time);

/// "End: Firefox on Linux": what a button does, and to which of several things.
[[nodiscard]] std::string action_on(std::string_view action, std::string_view thing);

/// A form with one button and nothing to fill in.
struct ButtonForm {
    std::string action;
    std::string_view label;
    std::string_view look;  ///< CSS class of the button
    std::string_view csrf_token;
    std::string name{};  ///< what a screen reader says where a page has several: the label and what it is for
};
[[nodiscard]] html::Node button_form(const ButtonForm& form);

}  // namespace cardea::identity
