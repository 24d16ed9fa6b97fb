// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/json.h"
#include "cardea/base/secret.h"
#include "cardea/password/policy.h"
#include "cardea/web/problem.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cardea::identity {

/// Reads the members of a JSON body and collects every mistake, so that a client learns of all of them at
/// once. The mistakes name the field and never repeat what was sent in it. A member that nobody reads is one:
/// a wish that was mistyped is told, and not dropped.
class JsonFields {
 public:
    /// `body` outlives this object. One that could not be read is the only mistake.
    explicit JsonFields(const Result<Json>& body);

    /// Empty when the member is absent or null, and a mistake when it is no text.
    [[nodiscard]] std::string text(std::string_view name);
    [[nodiscard]] bool flag(std::string_view name);
    /// Empty when the member is absent or null, and a mistake when it is no list of texts.
    [[nodiscard]] std::vector<std::string> texts(std::string_view name);
    /// A mistake when it is absent, no text, or empty.
    [[nodiscard]] SecretText required_secret(std::string_view name);

    void add_mistake(std::string_view name, std::string_view type, std::string_view sentence);
    /// To be asked when everything was read: notes the members that nobody asked for.
    [[nodiscard]] bool has_mistakes();
    /// The 422 that lists them, or why the body could not be read.
    [[nodiscard]] web::Problem problem() &&;

 private:
    [[nodiscard]] const Json* find(std::string_view name);

    const Result<Json>& body_;
    std::vector<std::string_view> asked_;
    std::vector<web::FieldError> mistakes_;
};

/// The 422 for one field.
[[nodiscard]] web::Problem field_problem(
    std::string_view name, std::string_view type, std::string_view sentence
);

/// The same for a password that the policy refused; nullopt when the error is about something else.
[[nodiscard]] std::optional<web::Problem> password_problem(
    const Error& error, std::string_view name, const password::PasswordPolicy& policy
);

}  // namespace cardea::identity
