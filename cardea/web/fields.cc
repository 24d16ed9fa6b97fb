// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/fields.h"

#include "cardea/base/json_writer.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace cardea::web {
namespace {

/// The text is valid UTF-8: JSON and forms are read strictly.
std::size_t code_points(std::string_view text) noexcept {
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

template <class Number>
std::optional<Number> parse_number(std::string_view text) noexcept {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

/// As forms and queries spell it.
std::optional<bool> parse_bool(std::string_view text) noexcept {
    if (text == "true" || text == "1" || text == "on" || text == "yes") {
        return true;
    }
    if (text == "false" || text == "0" || text == "off" || text == "no") {
        return false;
    }
    return std::nullopt;
}

std::string count_of(std::size_t count, std::string_view what) {
    return std::to_string(count).append(" ").append(what).append(count == 1 ? "" : "s");
}

}  // namespace

std::optional<FieldReader::Found> FieldReader::find(std::string_view name) const {
    if (const Json* const* object = std::get_if<const Json*>(&source_)) {
        const Json* member = (*object)->find(name);
        return member != nullptr ? std::optional(Found{.json = member, .text = {}}) : std::nullopt;
    }
    const std::optional<std::string_view> text = std::get<const http::Fields*>(source_)->find(name);
    return text ? std::optional(Found{.json = nullptr, .text = *text}) : std::nullopt;
}

bool FieldReader::is_repeated(std::string_view name) {
    const http::Fields* const* fields = std::get_if<const http::Fields*>(&source_);
    if (fields == nullptr || !(*fields)->is_repeated(name)) {
        return false;
    }
    mistake(name, "Field should be sent once", "repeated");
    return true;
}

void FieldReader::mistake(std::string_view name, std::string message, std::string type) {
    mistakes_.push_back(
        {.loc = {std::string(where_), std::string(name)}, .msg = std::move(message), .type = std::move(type)}
    );
}

std::optional<std::string_view> FieldReader::checked_text(
    std::string_view name, const Found& found, const FieldRules& rules
) {
    const std::optional<std::string_view> text = found.as_text();
    if (!text) {
        mistake(name, "Input should be a valid string", "string_type");
        return std::nullopt;
    }
    const std::size_t length = code_points(*text);
    if (length < rules.min_length) {
        mistake(
            name, "String should have at least " + count_of(rules.min_length, "character"), "string_too_short"
        );
        return std::nullopt;
    }
    if (length > rules.max_length) {
        mistake(
            name, "String should have at most " + count_of(rules.max_length, "character"), "string_too_long"
        );
        return std::nullopt;
    }
    return text;
}

std::optional<std::int64_t> FieldReader::integer(
    std::string_view name, const Found& found, const FieldRules& rules
) {
    const bool is_json = found.json != nullptr;
    const auto number = is_json ? found.json->as_integer() : parse_number<std::int64_t>(found.text);
    if (!number && is_json) {
        mistake(name, "Input should be a valid integer", "int_type");
    } else if (!number) {
        mistake(name, "Input should be a valid integer, unable to parse string as an integer", "int_parsing");
    } else if (*number < rules.minimum) {
        too_small(name, std::to_string(rules.minimum));
    } else if (*number > rules.maximum) {
        too_large(name, std::to_string(rules.maximum));
    } else {
        return number;
    }
    return std::nullopt;
}

void FieldReader::too_small(std::string_view name, const std::string& minimum) {
    mistake(name, "Input should be greater than or equal to " + minimum, "greater_than_equal");
}

void FieldReader::too_large(std::string_view name, const std::string& maximum) {
    mistake(name, "Input should be less than or equal to " + maximum, "less_than_equal");
}

void FieldReader::read(
    std::string_view name, const Found& found, std::string& target, const FieldRules& rules
) {
    if (const std::optional<std::string_view> text = checked_text(name, found, rules)) {
        target = *text;
    }
}

void FieldReader::read(
    std::string_view name, const Found& found, SecretText& target, const FieldRules& rules
) {
    if (const std::optional<std::string_view> text = checked_text(name, found, rules)) {
        target = SecretText(*text);
    }
}

void FieldReader::read(std::string_view name, const Found& found, bool& target, const FieldRules&) {
    const bool is_json = found.json != nullptr;
    const std::optional<bool> value = is_json ? found.json->as_bool() : parse_bool(found.text);
    if (value) {
        target = *value;
    } else if (is_json) {
        mistake(name, "Input should be a valid boolean", "bool_type");
    } else {
        mistake(name, "Input should be a valid boolean, unable to interpret input", "bool_parsing");
    }
}

void FieldReader::read(std::string_view name, const Found& found, double& target, const FieldRules& rules) {
    static constexpr FieldRules usual;  // what nobody bounded may be larger than an integer
    const bool is_json = found.json != nullptr;
    const std::optional<double> number = is_json ? found.json->as_number() : parse_number<double>(found.text);
    if (!number && is_json) {
        mistake(name, "Input should be a valid number", "float_type");
    } else if (!number) {
        mistake(name, "Input should be a valid number, unable to parse string as a number", "float_parsing");
    } else if (!std::isfinite(*number)) {
        mistake(name, "Input should be a finite number", "finite_number");
    } else if (rules.minimum != usual.minimum && *number < static_cast<double>(rules.minimum)) {
        too_small(name, std::to_string(rules.minimum));
    } else if (rules.maximum != usual.maximum && *number > static_cast<double>(rules.maximum)) {
        too_large(name, std::to_string(rules.maximum));
    } else {
        target = *number;
    }
}

void FieldReader::read(std::string_view, const Found& found, Json& target, const FieldRules&) {
    target = found.json != nullptr ? *found.json : Json(std::string(found.text));
}

void FieldReader::read(
    std::string_view name, const Found& found, std::vector<std::string>& target, const FieldRules& rules
) {
    target.clear();
    if (found.json != nullptr && !found.json->is_array()) {
        return mistake(name, "Input should be a valid list", "list_type");
    }
    if (found.json == nullptr) {
        for (const std::string_view text : std::get<const http::Fields*>(source_)->list(name)) {
            target.emplace_back(text);
        }
    } else {
        for (const Json& item : found.json->items()) {
            const std::optional<std::string_view> text = item.as_text();
            if (!text) {
                return mistake(name, "Input should be a valid string", "string_type");
            }
            target.emplace_back(*text);
        }
    }
    if (target.size() < rules.min_length) {
        mistake(name, "List should have at least " + count_of(rules.min_length, "item"), "too_short");
    } else if (target.size() > rules.max_length) {
        mistake(name, "List should have at most " + count_of(rules.max_length, "item"), "too_long");
    }
}

void FieldLister::add(std::string_view name, Shape shape, const FieldRules& rules) {
    static constexpr FieldRules usual;
    std::string text;
    JsonWriter json(text);
    json.begin_object();
    switch (shape) {
        case Shape::text:
            json.member("type", "string");
            break;
        case Shape::secret:
            json.member("type", "string").member("format", "password").member("writeOnly", true);
            break;
        case Shape::boolean:
            json.member("type", "boolean");
            break;
        case Shape::integer:
            json.member("type", "integer");
            break;
        case Shape::number:
            json.member("type", "number");
            break;
        case Shape::anything:
            break;
        case Shape::texts:
            json.member("type", "array").key("items").begin_object().member("type", "string").end_object();
            break;
    }
    const bool is_list = shape == Shape::texts;
    if (rules.min_length != usual.min_length) {
        json.member(is_list ? "minItems" : "minLength", rules.min_length);
    }
    if (rules.max_length != usual.max_length) {
        json.member(is_list ? "maxItems" : "maxLength", rules.max_length);
    }
    if (rules.minimum != usual.minimum) {
        json.member("minimum", rules.minimum);
    }
    if (rules.maximum != usual.maximum) {
        json.member("maximum", rules.maximum);
    }
    if (!rules.description.empty()) {
        json.member("description", rules.description);
    }
    json.end_object();
    fields_.push_back({.name = std::string(name), .json = std::move(text), .required = rules.required});
}

std::string object_schema(const std::vector<FieldSchema>& fields) {
    std::string text;
    JsonWriter json(text);
    json.begin_object().member("type", "object").key("properties").begin_object();
    for (const FieldSchema& field : fields) {
        json.key(field.name).raw(field.json);
    }
    json.end_object().key("required").begin_array();
    for (const FieldSchema& field : fields) {
        if (field.required) {
            json.value(field.name);
        }
    }
    json.end_array().end_object();
    return text;
}

}  // namespace cardea::web
