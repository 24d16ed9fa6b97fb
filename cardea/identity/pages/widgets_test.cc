// SPDX-License-Identifier: Apache-2.0
#include "cardea/identity/pages/widgets.h"

#include <gtest/gtest.h>

namespace cardea::identity {
namespace {

std::string text_of(const html::Node& node) {
    std::string text;
    node.append_to(text);
    return text;
}

TEST(Widgets, names_of_people_begin_with_capitals_and_nothing_else_does) {
    const std::string name =
        text_of(input_field({.name = "name", .label = "Your name", .autocomplete = "name"}));
    const std::string email =
        text_of(input_field({.name = "email", .label = "E-mail", .autocomplete = "username"}));

    EXPECT_NE(name.find(R"(autocapitalize="words")"), std::string::npos) << name;
    EXPECT_NE(email.find(R"(autocapitalize="none")"), std::string::npos) << email;
}

TEST(Widgets, an_input_names_what_describes_it_if_anything_does) {
    const InputField plain{.name = "a", .label = "A", .autocomplete = "off"};
    InputField described = plain;
    described.hint = "Like b.";
    described.problem = "This is not like b.";

    EXPECT_EQ(text_of(input_field(plain)).find("aria-describedby"), std::string::npos);
    EXPECT_NE(
        text_of(input_field(described)).find(R"(aria-describedby="a-problem a-hint)"), std::string::npos
    );
}

}  // namespace
}  // namespace cardea::identity
