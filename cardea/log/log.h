// SPDX-License-Identifier: Apache-2.0
/// log: one line per event on standard error, as logfmt or JSON. An event has a dotted name and typed fields:
///
///     log::info("session.revoked", {{"account", id}, {"reason", "password changed"}});
///
/// Names are constants, checked when compiling, so no text from outside gets into them; values are escaped
/// and cut. A Secret has no form here and does not compile. Thread-safe.
#pragma once

#include "cardea/base/clock.h"
#include "cardea/base/errc.h"
#include "cardea/base/id.h"
#include "cardea/base/result.h"

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

namespace cardea::log {

/// How much a line matters; `off` is for Options alone.
enum class Level : std::uint8_t { debug, info, warning, error, off };
/// `name=value` pairs, or one JSON object a line.
enum class Format : std::uint8_t { logfmt, json };

/// The name of an event or a field: lower-case letters, digits, `_` and `.`.
class Name {
 public:
    consteval Name(const char* name)
        : name_(name) {  // NOLINT(google-explicit-constructor): reads as a literal
        for (const char c : name_) {
            if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.')) {
                throw "a log name is lower-case letters, digits, '_' and '.'";
            }
        }
    }
    [[nodiscard]] std::string_view text() const noexcept { return name_; }

 private:
    std::string_view name_;
};

/// What a field may hold. Texts are borrowed until the call returns.
class Value {
 public:
    // NOLINTBEGIN(google-explicit-constructor): fields are written {"name", value}
    Value(std::string_view text) noexcept : value_(text) {}
    Value(const char* text) noexcept : value_(std::string_view(text)) {}
    Value(const std::string& text) noexcept : value_(std::string_view(text)) {}
    Value(std::same_as<bool> auto boolean) noexcept : value_(std::string_view(boolean ? "true" : "false")) {}
    Value(std::integral auto number) noexcept
        requires(!std::same_as<decltype(number), bool> && !std::same_as<decltype(number), char>)
        : value_(static_cast<std::int64_t>(number)) {}
    Value(Errc code) noexcept : value_(name(code)) {}
    Value(const Error& error);
    Value(Time time);
    /// Milliseconds.
    Value(Duration duration) noexcept : value_(duration.count()) {}
    template <class Tag>
    Value(const Id<Tag>& id) : value_(id.to_string()) {}
    // NOLINTEND(google-explicit-constructor)

    [[nodiscard]] bool is_number() const noexcept { return std::holds_alternative<std::int64_t>(value_); }
    [[nodiscard]] std::int64_t number() const noexcept { return *std::get_if<std::int64_t>(&value_); }
    [[nodiscard]] std::string_view text() const noexcept;

 private:
    std::variant<std::string_view, std::string, std::int64_t> value_;
};

/// One value of a line with its name.
struct Field {
    Name name;
    Value value;
};

/// The values of a line, in their order.
using Fields = std::initializer_list<Field>;

/// What is written.
struct Options {
    Level level = Level::info;
    Format format = Format::logfmt;
};

/// Sets what is written from now on. Once, at the start of the program; without it, the defaults hold.
void start(const Options& options);

/// Writes a line to standard error, unless its level is below what is written. Thread-safe; never fails.
void debug(Name event, Fields fields = {});
void info(Name event, Fields fields = {});
void warning(Name event, Fields fields = {});
void error(Name event, Fields fields = {});

}  // namespace cardea::log
