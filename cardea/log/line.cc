// SPDX-License-Identifier: Apache-2.0
#include "cardea/log/line.h"

#include "cardea/base/json_writer.h"
#include "cardea/base/time_text.h"
#include "cardea/base/utf8.h"

#include <algorithm>
#include <array>
#include <optional>

namespace cardea::log {
namespace {

std::string_view level_name(Level level) {
    constexpr std::array<std::string_view, 5> names{"debug", "info", "warning", "error", "off"};
    return names[static_cast<std::size_t>(level)];
}

void append_escape(std::string& out, char32_t code_point) {
    constexpr std::string_view digits = "0123456789abcdef";
    out += "\\u";
    for (int shift = 12; shift >= 0; shift -= 4) {
        out += digits[code_point >> shift & 15U];
    }
}

void append_code_point(std::string& out, char32_t code_point, std::string_view bytes) {
    if (steers_display(code_point)) {
        append_escape(out, code_point);
        return;
    }
    if (code_point == '"' || code_point == '\\') {
        out += '\\';
    }
    out += bytes;
}

/// A JSON string that is safe to look at.
std::string quoted(std::string_view text) {
    const bool is_cut = text.size() > max_value_size;
    text = text.substr(0, max_value_size);
    std::string out = "\"";
    while (!text.empty()) {
        const std::string_view before = text;
        if (const std::optional<char32_t> code_point = take_code_point(text)) {
            append_code_point(out, *code_point, before.substr(0, before.size() - text.size()));
        } else {
            out += "\xef\xbf\xbd";
            text.remove_prefix(1);
        }
    }
    out += is_cut ? "...\"" : "\"";
    return out;
}

/// logfmt leaves out the quotes where nothing could be mistaken.
bool needs_quotes(std::string_view text) {
    return text.empty() || text.size() > max_value_size || std::ranges::any_of(text, [](char c) {
               return c <= ' ' || c >= 0x7f || c == '"' || c == '=' || c == '\\';
           });
}

void append_logfmt(std::string& line, std::string_view name, std::string_view text) {
    if (!line.empty()) {
        line += ' ';
    }
    line += name;
    line += '=';
    line += needs_quotes(text) ? quoted(text) : text;
}

std::string format_logfmt(Time at, Level level, Name event, Fields fields) {
    std::string line;
    append_logfmt(line, "time", to_rfc3339(at));
    append_logfmt(line, "level", level_name(level));
    append_logfmt(line, "event", event.text());
    for (const Field& field : fields) {
        const Value& value = field.value;
        append_logfmt(
            line, field.name.text(), value.is_number() ? std::to_string(value.number()) : value.text()
        );
    }
    return line;
}

std::string format_json(Time at, Level level, Name event, Fields fields) {
    std::string line;
    JsonWriter json(line);
    json.begin_object().member("time", at).member("level", level_name(level)).member("event", event.text());
    for (const Field& field : fields) {
        json.key(field.name.text());
        if (field.value.is_number()) {
            json.value(field.value.number());
        } else {
            json.raw(quoted(field.value.text()));
        }
    }
    json.end_object();
    return line;
}

}  // namespace

std::string format_line(Format format, Time at, Level level, Name event, Fields fields) {
    return format == Format::json ? format_json(at, level, event, fields)
                                  : format_logfmt(at, level, event, fields);
}

}  // namespace cardea::log
