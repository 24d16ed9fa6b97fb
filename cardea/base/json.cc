// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/json.h"

#include "cardea/base/bytes.h"
#include "cardea/base/detail/json_member.h"

namespace cardea {

Json::Json() noexcept = default;
Json::Json(std::int64_t value) noexcept : value_(value) {}
Json::Json(double value) noexcept : value_(value) {}
Json::Json(std::string value) noexcept : value_(std::move(value)) {}
Json::Json(Array items) noexcept : value_(std::move(items)) {}
Json::Json(Object members) noexcept : value_(std::move(members)) {}
Json::Json(Json&& other) noexcept = default;
Json& Json::operator=(Json&& other) noexcept = default;
Json::Json(const Json& other) = default;
Json& Json::operator=(const Json& other) = default;

Json::~Json() {
    if (std::string* text = std::get_if<std::string>(&value_)) {
        // A moved-from short string still has its characters in the object, beyond its size.
        text->resize(text->capacity());
        wipe(text->data(), text->size());
    }
}

std::optional<bool> Json::as_bool() const noexcept {
    const bool* value = std::get_if<bool>(&value_);
    return value != nullptr ? std::optional(*value) : std::nullopt;
}

std::optional<std::int64_t> Json::as_integer() const noexcept {
    const std::int64_t* value = std::get_if<std::int64_t>(&value_);
    return value != nullptr ? std::optional(*value) : std::nullopt;
}

std::optional<double> Json::as_number() const noexcept {
    if (const std::optional<std::int64_t> integer = as_integer()) {
        return static_cast<double>(*integer);
    }
    const double* value = std::get_if<double>(&value_);
    return value != nullptr ? std::optional(*value) : std::nullopt;
}

std::optional<std::string_view> Json::as_text() const noexcept {
    const std::string* value = std::get_if<std::string>(&value_);
    return value != nullptr ? std::optional<std::string_view>(*value) : std::nullopt;
}

std::span<const Json> Json::items() const noexcept {
    const Array* array = std::get_if<Array>(&value_);
    return array != nullptr ? std::span<const Json>(*array) : std::span<const Json>();
}

std::span<const Json::Member> Json::members() const noexcept {
    const Object* object = std::get_if<Object>(&value_);
    return object != nullptr ? std::span<const Member>(*object) : std::span<const Member>();
}

const Json* Json::find(std::string_view name) const noexcept {
    const std::span<const Member> all = members();
    const auto found = detail::find_member(all, name);
    return found != all.end() ? &found->value : nullptr;
}

std::optional<std::string_view> Json::find_text(std::string_view name) const noexcept {
    const Json* member = find(name);
    return member != nullptr ? member->as_text() : std::nullopt;
}

Json& Json::operator[](std::string_view name) {
    if (!is_object()) {
        value_ = Object();
    }
    Object& object = *std::get_if<Object>(&value_);
    const auto found = detail::find_member(object, name);
    return found != object.end() ? found->value : object.emplace_back(std::string(name), Json()).value;
}

bool Json::erase(std::string_view name) {
    Object* object = std::get_if<Object>(&value_);
    return object != nullptr &&
           std::erase_if(*object, [name](const Member& member) { return member.name == name; }) != 0;
}

bool Json::erase(std::size_t place) {
    Array* array = std::get_if<Array>(&value_);
    if (array == nullptr || place >= array->size()) {
        return false;
    }
    array->erase(array->begin() + static_cast<std::ptrdiff_t>(place));
    return true;
}

void Json::push_back(Json item) {
    if (!is_array()) {
        value_ = Array();
    }
    std::get_if<Array>(&value_)->push_back(std::move(item));
}

bool operator==(const Json& a, const Json& b) {
    return a.value_ == b.value_;
}

}  // namespace cardea
