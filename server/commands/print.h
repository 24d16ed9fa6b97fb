// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/json.h"

#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

/// How results look at a terminal.
namespace cardea::server {

/// The text with everything that could steer a terminal replaced: names and user agents come from strangers.
[[nodiscard]] std::string make_printable(std::string_view text);

/// The member as text: texts as they are, numbers and booleans spelled out, null as "-".
[[nodiscard]] std::string member_text(const Json& object, std::string_view name);

/// Whether a verdict says yes.
[[nodiscard]] bool is_valid(const Json& verdict) noexcept;

/// A column of a listing: its heading and the member it shows.
struct Column {
    std::string_view heading;
    std::string_view member;
};
/// One line per object, in columns as wide as they need.
void print_table(std::ostream& out, std::span<const Json> objects, const std::vector<Column>& columns);

/// One line per member of the object.
void print_members(std::ostream& out, const Json& object);

}  // namespace cardea::server
