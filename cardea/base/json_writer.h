// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/clock.h"
#include "cardea/base/id.h"
#include "cardea/base/json.h"

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cardea {

/// Appends JSON to a string, in the order of the calls:
///
///     JsonWriter json(body);
///     json.begin_object().member("id", account.id).member("email", email).end_object();
///
/// Text that is not valid UTF-8 gets U+FFFD, `<` is escaped so that the result can stand in a page, and so is
/// what steers_display(), for terminals. Times are RFC 3339. A Secret has no form here and does not compile.
/// Keeping begin and end paired is the caller's.
class JsonWriter {
 public:
    explicit JsonWriter(std::string& out) noexcept : out_(out) {}

    JsonWriter& begin_object() { return begin('{'); }
    JsonWriter& end_object() { return end('}'); }
    JsonWriter& begin_array() { return begin('['); }
    JsonWriter& end_array() { return end(']'); }

    /// The name of the member whose value is written next.
    JsonWriter& key(std::string_view name);

    JsonWriter& value(std::string_view text);
    JsonWriter& value(const char* text) { return value(std::string_view(text)); }
    JsonWriter& value(const std::string& text) { return value(std::string_view(text)); }
    JsonWriter& value(std::same_as<bool> auto boolean) { return raw(boolean ? "true" : "false"); }
    JsonWriter& value(std::signed_integral auto number) { return integer(number); }
    JsonWriter& value(std::unsigned_integral auto number)
        requires(!std::same_as<decltype(number), bool>)
    {
        return unsigned_integer(number);
    }
    /// null when it is not finite.
    JsonWriter& value(double number);
    JsonWriter& value(std::nullptr_t) { return raw("null"); }
    JsonWriter& value(Time time);
    JsonWriter& value(const Json& json);

    template <class Tag>
    JsonWriter& value(const Id<Tag>& id) {
        return value(std::string_view(id.to_string()));
    }
    template <class T>
    JsonWriter& value(const std::optional<T>& optional) {
        return optional ? value(*optional) : value(nullptr);
    }

    template <class T>
    JsonWriter& member(std::string_view name, const T& member_value) {
        return key(name).value(member_value);
    }

    /// JSON that is finished already, such as a session's stored data.
    JsonWriter& raw(std::string_view json);

 private:
    JsonWriter& begin(char bracket);
    JsonWriter& end(char bracket);
    JsonWriter& integer(std::int64_t number);
    JsonWriter& unsigned_integer(std::uint64_t number);
    void separate();
    void append_text(std::string_view text);

    std::string& out_;
    bool needs_comma_ = false;
};

/// The value as compact JSON.
[[nodiscard]] std::string to_string(const Json& json);

}  // namespace cardea
