// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace cardea {

/// A JSON value. Objects keep the order of their members and hold each name once. Text is wiped when the
/// value goes, because request bodies carry passwords. Large bodies are written with JsonWriter instead.
class Json {
 public:
    struct Member;
    using Array = std::vector<Json>;
    using Object = std::vector<Member>;

    /// What a value is. A number without fraction and exponent that fits 64 bits is an integer.
    enum class Kind : std::uint8_t { null, boolean, integer, number, text, array, object };

    Json() noexcept;
    explicit Json(std::same_as<bool> auto value) noexcept : value_(value) {}
    explicit Json(std::int64_t value) noexcept;
    explicit Json(double value) noexcept;
    explicit Json(std::string value) noexcept;
    explicit Json(Array items) noexcept;
    explicit Json(Object members) noexcept;
    ~Json();
    Json(Json&& other) noexcept;
    Json& operator=(Json&& other) noexcept;
    Json(const Json& other);
    Json& operator=(const Json& other);

    [[nodiscard]] Kind kind() const noexcept { return static_cast<Kind>(value_.index()); }
    [[nodiscard]] bool is_null() const noexcept { return kind() == Kind::null; }
    [[nodiscard]] bool is_object() const noexcept { return kind() == Kind::object; }
    [[nodiscard]] bool is_array() const noexcept { return kind() == Kind::array; }

    /// The value when it is of that kind, otherwise nullopt. An integer is a number too.
    [[nodiscard]] std::optional<bool> as_bool() const noexcept;
    [[nodiscard]] std::optional<std::int64_t> as_integer() const noexcept;
    [[nodiscard]] std::optional<double> as_number() const noexcept;
    [[nodiscard]] std::optional<std::string_view> as_text() const noexcept;

    /// The items of an array, the members of an object; empty for every other kind.
    [[nodiscard]] std::span<const Json> items() const noexcept;
    [[nodiscard]] std::span<const Member> members() const noexcept;

    /// The member of that name; nullptr when there is none or this is no object.
    [[nodiscard]] const Json* find(std::string_view name) const noexcept;

    /// The text member of that name; nullopt when there is none or it is no text.
    [[nodiscard]] std::optional<std::string_view> find_text(std::string_view name) const noexcept;

    /// The member of that name, made with null when it is not there. What is no object becomes an empty one
    /// first.
    Json& operator[](std::string_view name);
    /// Removes the member of that name; false when there is none.
    bool erase(std::string_view name);
    /// Removes the item at that place, counted from 0; false when there is none.
    bool erase(std::size_t place);
    /// Adds an item at the end. What is no array becomes an empty one first.
    void push_back(Json item);

    friend bool operator==(const Json& a, const Json& b);

 private:
    std::variant<std::monostate, bool, std::int64_t, double, std::string, Array, Object> value_;
};

/// A name of an object and its value.
struct Json::Member {
    std::string name;
    Json value;

    friend bool operator==(const Member&, const Member&) = default;
};

/// What a text may hold; past any of these it is refused.
struct JsonLimits {
    std::size_t bytes = std::size_t{1} << 20;
    std::size_t depth = 32;
    std::size_t values = 10'000;  ///< in the whole document
    std::size_t members = 100;    ///< in one object
};

/// Reads RFC 8259 strictly: one value, valid UTF-8, no member twice, no lone surrogates, no byte order mark.
/// Integers beyond 64 bits and numbers beyond a double are refused, not rounded. Errc::malformed, or
/// Errc::too_large beyond a limit.
[[nodiscard]] Result<Json> parse_json(std::string_view text, const JsonLimits& limits = {});

}  // namespace cardea
