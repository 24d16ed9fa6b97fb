// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace cardea::html {

// NOLINTBEGIN(readability-identifier-naming): `class` and `for` are C++'s own words, so that these two get
// an underscore.

/// The attributes of one element, written as `{.class_ = "field", .id = "email"}`, in alphabetical order as
/// C++ wants it. A text that is not given is left out; `""` is an empty attribute. What cannot be written
/// safely has no member: event handlers, `style`, `srcdoc`, `srcset`.
struct Attributes {
    using Text = std::string_view;
    using List = std::initializer_list<std::pair<std::string_view, std::string_view>>;

    Text accept{};
    Text action{};  ///< a safe link (html/escape.h); any other becomes "about:invalid"
    Text alt{};
    List aria{};  ///< {{"label", "Menu"}} is aria-label="Menu"; what is Text() is left out
    Text autocapitalize{};
    Text autocomplete{};
    bool autofocus = false;
    Text charset{};
    bool checked = false;
    Text class_{};
    Text cols{};
    Text colspan{};
    Text content{};
    List data{};  ///< {{"copy", "x"}} is data-copy="x"
    Text datetime{};
    bool defer = false;
    Text dir{};
    bool disabled = false;
    Text enctype{};
    Text for_{};
    Text form{};
    Text formaction{};  ///< a safe link
    Text height{};
    bool hidden = false;
    Text href{};  ///< a safe link
    Text id{};
    Text inputmode{};
    Text integrity{};
    Text label{};
    Text lang{};
    Text max{};
    Text maxlength{};
    Text media{};
    Text method{};
    Text min{};
    Text minlength{};
    bool multiple = false;
    Text name{};
    bool novalidate = false;
    bool open = false;
    Text pattern{};
    Text placeholder{};
    bool readonly = false;
    Text rel{};
    bool required = false;
    Text role{};
    Text rows{};
    Text rowspan{};
    Text scope{};
    bool selected = false;
    Text size{};
    Text sizes{};
    Text spellcheck{};
    Text src{};  ///< a safe source
    Text step{};
    Text tabindex{};
    Text target{};
    Text title{};
    Text type{};
    Text value{};
    Text width{};
};
// NOLINTEND(readability-identifier-naming)

/// Appends ` name="value"` for every attribute that is given, escaped.
void append_attributes(std::string& out, const Attributes& attributes);

}  // namespace cardea::html
