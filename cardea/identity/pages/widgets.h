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
    std::string_view maxlength{};
    bool required = true;
};
[[nodiscard]] html::Node input_field(const InputField& field);

/// One of the choices of a select_field.
struct Choice {
    std::string_view value;
    std::string_view label;
};
/// A labelled list to choose one from; `selected` is its value.
[[nodiscard]] html::Node select_field(
    std::string_view name, std::string_view label, std::span<const Choice> choices, std::string_view selected
);

/// The same for a password; nothing limits what may be pasted (ASVS 5.0, 6.2.7).
[[nodiscard]] html::Node password_field(InputField field);

/// What a notice tells of.
enum class Tone : bool { good, bad };
/// A sentence that is read out at once; nothing when it is empty.
[[nodiscard]] html::Node notice(Tone tone, std::string_view sentence);

/// A moment in UTC, which app.js shows in the reader's own time.
[[nodiscard]] html::Node moment(Time time);

/// A form with one button and nothing to fill in.
struct ButtonForm {
    std::string action;
    std::string_view label;
    std::string_view look;  ///< CSS class of the button
    std::string_view csrf_token;
};
[[nodiscard]] html::Node button_form(const ButtonForm& form);

}  // namespace cardea::identity
