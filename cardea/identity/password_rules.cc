// SPDX-License-Identifier: Apache-2.0
#include "cardea/identity/password_rules.h"

#include "cardea/identity/pages/messages.h"
#include "cardea/web/problem.h"

namespace cardea::identity {
namespace {

/// The sentence with the number where it has `{}`.
std::string with_number(std::string_view sentence, std::size_t number) {
    std::string text(sentence);
    return text.replace(text.find("{}"), 2, std::to_string(number));
}

}  // namespace

std::string password_hint(const password::PasswordPolicy& policy) {
    std::string hint = with_number(messages.password_length, policy.min_code_points);
    if (policy.composition == password::Composition::four_classes) {
        hint.append(" ").append(messages.password_classes);
    }
    return hint.append(" ").append(messages.password_advice);
}

std::string password_refusal(Errc code, const password::PasswordPolicy& policy) {
    return code == Errc::password_too_short ? with_number(messages.password_too_short, policy.min_code_points)
                                            : std::string(web::problem_kind(code).detail);
}

}  // namespace cardea::identity
