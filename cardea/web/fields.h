// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/json.h"
#include "cardea/base/secret.h"
#include "cardea/http/query.h"
#include "cardea/web/problem.h"

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace cardea::web {

/// What is asked of a field beside its type. A std::optional is never required.
struct FieldRules {
    bool required = true;
    std::size_t min_length = 0;  ///< of texts and lists; a text is counted in code points
    std::size_t max_length = std::numeric_limits<std::size_t>::max();
    std::int64_t minimum = std::numeric_limits<std::int64_t>::min();
    std::int64_t maximum = std::numeric_limits<std::int64_t>::max();
    std::string_view description{};  ///< for the OpenAPI document
};

/// Where the fields of a request come from: a JSON object, or the fields of a form or query.
using FieldSource = std::variant<const Json*, const http::Fields*>;

/// Reads a struct from a request. The struct names its fields once, for this and for the OpenAPI document:
///
///     struct Login {
///         std::string username;
///         SecretText password;
///         void fields(auto& field) { field("username", username)("password", password, {.min_length = 8}); }
///     };
///
/// A field is std::string, SecretText, bool, an integer, double, Json, a std::vector<std::string>, or a
/// std::optional of one. What is missing or wrong is noted as pydantic words it, without what was sent. In a
/// form or query a list is its name as often as it has items (check boxes: none is none, so such a list is
/// not `required`), and any other field that comes twice is a mistake.
class FieldReader {
 public:
    /// `where` is what the location of a mistake begins with: "body", "query".
    FieldReader(std::string_view where, FieldSource source, std::vector<FieldError>& mistakes)
        : where_(where), source_(source), mistakes_(mistakes) {}

    template <class T>
    FieldReader& operator()(std::string_view name, T& target, const FieldRules& rules = {}) {
        const std::optional<Found> found = find(name);
        if (!found && rules.required) {
            mistake(name, "Field required", "missing");
        } else if (found && is_once<T>(name)) {
            read(name, *found, target, rules);
        }
        return *this;
    }
    template <class T>
    FieldReader& operator()(std::string_view name, std::optional<T>& target, const FieldRules& rules = {}) {
        const std::optional<Found> found = find(name);
        if (found && !found->is_null() && is_once<T>(name)) {
            read(name, *found, target.emplace(), rules);
        }
        return *this;
    }

 private:
    /// A value as it was sent: text from a form, or JSON.
    struct Found {
        const Json* json = nullptr;
        std::string_view text;

        [[nodiscard]] bool is_null() const noexcept { return json != nullptr && json->is_null(); }
        [[nodiscard]] std::optional<std::string_view> as_text() const noexcept {
            return json != nullptr ? json->as_text() : std::optional(text);
        }
    };

    [[nodiscard]] std::optional<Found> find(std::string_view name) const;
    /// Whether there is one value to read: which of two counts is what programs disagree on.
    template <class T>
    [[nodiscard]] bool is_once(std::string_view name) {
        return std::same_as<T, std::vector<std::string>> || !is_repeated(name);
    }
    /// Notes the mistake, too.
    [[nodiscard]] bool is_repeated(std::string_view name);
    void mistake(std::string_view name, std::string message, std::string type);
    void too_small(std::string_view name, const std::string& minimum);
    void too_large(std::string_view name, const std::string& maximum);

    void read(std::string_view name, const Found& found, std::string& target, const FieldRules& rules);
    void read(std::string_view name, const Found& found, SecretText& target, const FieldRules& rules);
    void read(std::string_view name, const Found& found, bool& target, const FieldRules& rules);
    void read(std::string_view name, const Found& found, double& target, const FieldRules& rules);
    void read(std::string_view name, const Found& found, Json& target, const FieldRules& rules);
    void read(
        std::string_view name, const Found& found, std::vector<std::string>& target, const FieldRules& rules
    );
    template <std::integral Integer>
    void read(std::string_view name, const Found& found, Integer& target, const FieldRules& rules) {
        const std::optional<std::int64_t> number = integer(name, found, rules);
        using Limits = std::numeric_limits<Integer>;
        if (number && std::in_range<Integer>(*number)) {
            target = static_cast<Integer>(*number);
        } else if (number && *number < 0) {
            too_small(name, std::to_string(Limits::min()));
        } else if (number) {
            too_large(name, std::to_string(Limits::max()));
        }
    }
    [[nodiscard]] std::optional<std::int64_t> integer(
        std::string_view name, const Found& found, const FieldRules& rules
    );
    [[nodiscard]] std::optional<std::string_view> checked_text(
        std::string_view name, const Found& found, const FieldRules& rules
    );

    std::string_view where_;
    FieldSource source_;
    std::vector<FieldError>& mistakes_;
};

/// One field as the OpenAPI document shows it.
struct FieldSchema {
    std::string name;
    std::string json;  ///< a Schema Object
    bool required = true;
};

/// Writes down the fields of a struct instead of reading them.
class FieldLister {
 public:
    template <class T>
    FieldLister& operator()(std::string_view name, T& target, const FieldRules& rules = {}) {
        add(name, shape_of(target), rules);
        return *this;
    }
    template <class T>
    FieldLister& operator()(std::string_view name, std::optional<T>&, FieldRules rules = {}) {
        T target{};
        rules.required = false;
        return (*this)(name, target, rules);
    }

    [[nodiscard]] std::vector<FieldSchema> take() { return std::move(fields_); }

 private:
    enum class Shape : std::uint8_t { text, secret, boolean, integer, number, anything, texts };

    static Shape shape_of(const std::string&) { return Shape::text; }
    static Shape shape_of(const SecretText&) { return Shape::secret; }
    template <class Number>
        requires std::is_arithmetic_v<Number>
    static Shape shape_of(Number) {
        return std::same_as<Number, bool> ? Shape::boolean
               : std::integral<Number>    ? Shape::integer
                                          : Shape::number;
    }
    static Shape shape_of(const Json&) { return Shape::anything; }
    static Shape shape_of(const std::vector<std::string>&) { return Shape::texts; }
    void add(std::string_view name, Shape shape, const FieldRules& rules);

    std::vector<FieldSchema> fields_;
};

/// A struct that names its fields.
template <class T>
concept Described =
    std::default_initializable<T> && requires(T value, FieldReader& reader, FieldLister& lister) {
        value.fields(reader);
        value.fields(lister);
    };

/// The fields that T names, in its order.
template <Described T>
[[nodiscard]] std::vector<FieldSchema> fields_of() {
    FieldLister lister;
    T value{};
    value.fields(lister);
    return lister.take();
}

/// The fields as one Schema Object.
[[nodiscard]] std::string object_schema(const std::vector<FieldSchema>& fields);

}  // namespace cardea::web
