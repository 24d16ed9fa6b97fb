// SPDX-License-Identifier: Apache-2.0
#include "cardea/identity/api/fields.h"

#include "cardea/identity/password_rules.h"

#include <algorithm>
#include <span>

namespace cardea::identity {
namespace {

constexpr std::size_t max_told_name = 64;

}  // namespace

JsonFields::JsonFields(const Result<Json>& body) : body_(body) {
    if (!body || !body->is_object()) {
        mistakes_.push_back({{"body"}, "Send a JSON object.", "object_expected"});
    }
}

const Json* JsonFields::find(std::string_view name) {
    asked_.push_back(name);
    const Json* member = body_ ? body_->find(name) : nullptr;
    return member == nullptr || member->is_null() ? nullptr : member;
}

std::string JsonFields::text(std::string_view name) {
    const Json* member = find(name);
    if (member == nullptr) {
        return {};
    }
    const std::optional<std::string_view> value = member->as_text();
    if (!value) {
        add_mistake(name, "text_expected", "Send a text.");
        return {};
    }
    return std::string(*value);
}

bool JsonFields::flag(std::string_view name) {
    const Json* member = find(name);
    if (member == nullptr) {
        return false;
    }
    const std::optional<bool> value = member->as_bool();
    if (!value) {
        add_mistake(name, "boolean_expected", "Send true or false.");
    }
    return value.value_or(false);
}

std::vector<std::string> JsonFields::texts(std::string_view name) {
    std::vector<std::string> values;
    const Json* member = find(name);
    if (member == nullptr) {
        return values;
    }
    bool are_texts = member->is_array();
    for (const Json& item : member->items()) {
        are_texts = are_texts && item.as_text();
        values.emplace_back(item.as_text().value_or(std::string_view()));
    }
    if (!are_texts) {
        add_mistake(name, "list_expected", "Send a list of texts.");
    }
    return values;
}

SecretText JsonFields::required_secret(std::string_view name) {
    const Json* member = find(name);
    const std::optional<std::string_view> value = member != nullptr ? member->as_text() : std::nullopt;
    if (member != nullptr && !value) {
        add_mistake(name, "text_expected", "Send a text.");
    } else if (!value || value->empty()) {
        add_mistake(name, "missing", "This field is needed.");
    }
    return SecretText(value.value_or(std::string_view()));
}

bool JsonFields::has_mistakes() {
    for (const Json::Member& member : body_ ? body_->members() : std::span<const Json::Member>()) {
        if (std::ranges::find(asked_, member.name) == asked_.end()) {
            add_mistake(
                std::string_view(member.name).substr(0, max_told_name), "unknown", "There is no such field."
            );
            asked_.emplace_back(member.name);  // told once
        }
    }
    return !mistakes_.empty();
}

web::Problem JsonFields::problem() && {
    return body_ ? web::Problem(std::move(mistakes_)) : web::Problem(body_.error());
}

void JsonFields::add_mistake(std::string_view name, std::string_view type, std::string_view sentence) {
    mistakes_.push_back({{"body", std::string(name)}, std::string(sentence), std::string(type)});
}

web::Problem field_problem(std::string_view name, std::string_view type, std::string_view sentence) {
    std::vector<web::FieldError> mistakes;
    mistakes.push_back({{"body", std::string(name)}, std::string(sentence), std::string(type)});
    return web::Problem(std::move(mistakes));
}

std::optional<web::Problem> password_problem(
    const Error& error, std::string_view name, const password::PasswordPolicy& policy
) {
    if (!password::is_policy_refusal(error.code)) {
        return std::nullopt;
    }
    web::Problem problem =
        field_problem(name, cardea::name(error.code), password_refusal(error.code, policy));
    problem.context = error.context;
    problem.reference = error.reference;
    return problem;
}

}  // namespace cardea::identity
