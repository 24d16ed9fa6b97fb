// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/bytes.h"
#include "cardea/base/result.h"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace cardea::http {

/// What a query or form may hold, decoded; past any of these it is refused.
struct FieldLimits {
    std::size_t count = 100;
    std::size_t name_bytes = 128;
    std::size_t value_bytes = 8192;
};

/// A name and its value, decoded.
struct Field {
    std::string_view name;
    std::string_view value;
};

/// The decoded fields of a query or a form, in their order. Owns their text in one buffer, which is wiped at
/// the end, since forms carry passwords; the views it gives out live as long as it does, moves included.
class Fields {
 public:
    [[nodiscard]] std::span<const Field> all() const noexcept { return fields_; }

    /// The first value of that name.
    [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const noexcept;
    /// The same, with an absent field read as an empty one, as HTML forms treat it.
    [[nodiscard]] std::string_view text(std::string_view name) const noexcept;
    /// Whether a check box was ticked, or a flag is there at all.
    [[nodiscard]] bool has(std::string_view name) const noexcept { return find(name).has_value(); }
    /// A decimal number, or Errc::malformed; nullopt when the field is absent or empty.
    [[nodiscard]] Result<std::optional<std::int64_t>> integer(std::string_view name) const;
    /// Whether that name came more than once.
    [[nodiscard]] bool is_repeated(std::string_view name) const noexcept;
    /// Every value of that name.
    [[nodiscard]] std::vector<std::string_view> list(std::string_view name) const;

    /// Errc::invalid when a name that is not among `allowed` comes twice: which of the two counts is what
    /// programs disagree on.
    [[nodiscard]] Result<> refuse_repeated(std::initializer_list<std::string_view> allowed = {}) const;

 private:
    friend Result<Fields> parse_fields(std::string_view text, const FieldLimits& limits);

    struct Wipe {
        std::size_t size;
        void operator()(char* text) const noexcept;
    };

    std::unique_ptr<char[], Wipe> text_;
    std::vector<Field> fields_;
};

/// Parses `a=1&b=two+words`, the form of queries and of application/x-www-form-urlencoded bodies. Names and
/// values are decoded once and are valid UTF-8 without NUL; pieces between two '&' that are empty are
/// skipped. Errc::malformed for bad escapes or bytes, Errc::too_large past a limit.
[[nodiscard]] Result<Fields> parse_fields(std::string_view text, const FieldLimits& limits = {});

/// Appends `name=value`, encoded, with a '&' before it unless `out` is empty or ends with '?'.
void append_field(std::string& out, std::string_view name, std::string_view value);

}  // namespace cardea::http
