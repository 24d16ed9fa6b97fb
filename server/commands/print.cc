// SPDX-License-Identifier: Apache-2.0
#include "server/commands/print.h"

#include "cardea/base/json_writer.h"
#include "cardea/base/utf8.h"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

namespace cardea::server {
namespace {

/// The text filled up with blanks to `width` code points.
std::string pad(const std::string& text, std::size_t width) {
    const std::size_t length = count_code_points(text).value_or(text.size());
    return text + std::string(width - std::min(width, length), ' ');
}

std::vector<std::string> make_row(const Json& object, const std::vector<Column>& columns) {
    std::vector<std::string> cells;
    cells.reserve(columns.size());
    for (const Column& column : columns) {
        cells.push_back(member_text(object, column.member));
    }
    return cells;
}

}  // namespace

std::string make_printable(std::string_view text) {
    std::string valid = to_valid_utf8(text);
    std::string out;
    std::string_view rest = valid;
    while (!rest.empty()) {
        const std::string_view before = rest;
        const char32_t c = take_code_point(rest).value_or(0);
        out += steers_display(c) ? "?" : before.substr(0, before.size() - rest.size());
    }
    return out;
}

std::string member_text(const Json& object, std::string_view name) {
    const Json* value = object.find(name);
    if (value == nullptr || value->is_null()) {
        return "-";
    }
    const std::optional<std::string_view> text = value->as_text();
    return make_printable(text ? *text : to_string(*value));
}

bool is_valid(const Json& verdict) noexcept {
    const Json* valid = verdict.find("valid");
    return valid != nullptr && valid->as_bool().value_or(false);
}

void print_table(std::ostream& out, std::span<const Json> objects, const std::vector<Column>& columns) {
    std::vector<std::vector<std::string>> rows(1);
    for (const Column& column : columns) {
        rows.front().emplace_back(column.heading);
    }
    for (const Json& object : objects) {
        rows.push_back(make_row(object, columns));
    }
    std::vector<std::size_t> widths(columns.size());
    for (const std::vector<std::string>& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            widths[i] = std::max(widths[i], count_code_points(row[i]).value_or(row[i].size()));
        }
    }
    for (const std::vector<std::string>& row : rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            line += i + 1 == row.size() ? row[i] : pad(row[i], widths[i] + 2);
        }
        out << line << '\n';
    }
}

void print_members(std::ostream& out, const Json& object) {
    std::size_t width = 0;
    for (const Json::Member& member : object.members()) {
        width = std::max(width, member.name.size());
    }
    for (const Json::Member& member : object.members()) {
        out << pad(member.name, width + 2) << member_text(object, member.name) << '\n';
    }
}

}  // namespace cardea::server
