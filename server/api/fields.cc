// SPDX-License-Identifier: Apache-2.0
#include "server/api/fields.h"

namespace cardea::server {

JsonFields::JsonFields(const Json& body) : body_(body) {
    if (!body.is_object()) {
        mistakes_.push_back({{"body"}, "Send a JSON object.", "object_expected"});
    }
}

const Json* JsonFields::find(std::string_view name) const noexcept {
    const Json* member = body_.find(name);
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

void JsonFields::add_mistake(std::string_view name, std::string_view type, std::string_view sentence) {
    mistakes_.push_back({{"body", std::string(name)}, std::string(sentence), std::string(type)});
}

web::Problem field_problem(std::string_view name, std::string_view type, std::string_view sentence) {
    std::vector<web::FieldError> mistakes;
    mistakes.push_back({{"body", std::string(name)}, std::string(sentence), std::string(type)});
    return web::Problem(std::move(mistakes));
}

std::optional<web::Problem> password_problem(const Error& error, std::string_view name) {
    switch (error.code) {
        case Errc::password_too_short:
        case Errc::password_too_long:
        case Errc::password_too_simple:
        case Errc::password_blocked:
            return field_problem(name, cardea::name(error.code), web::problem_kind(error.code).detail);
        default:
            return std::nullopt;
    }
}

}  // namespace cardea::server
