// SPDX-License-Identifier: Apache-2.0
#include "cardea/log/log.h"

#include "cardea/base/time_text.h"
#include "cardea/log/line.h"

#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <atomic>
#include <memory>

namespace cardea::log {
namespace {

spdlog::level::level_enum to_spdlog(Level level) {
    switch (level) {
        case Level::debug:
            return spdlog::level::debug;
        case Level::info:
            return spdlog::level::info;
        case Level::warning:
            return spdlog::level::warn;
        case Level::error:
            return spdlog::level::err;
        case Level::off:
            break;
    }
    return spdlog::level::off;
}

/// The one logger of the process.
struct Output {
    Output() : logger("cardea", std::make_shared<spdlog::sinks::stderr_sink_mt>()) {
        logger.set_pattern("%v");
        logger.flush_on(spdlog::level::trace);
    }

    spdlog::logger logger;
    std::atomic<Format> format = Format::logfmt;
};

Output& output() {
    // Never destroyed: whoever logs while the program ends still can.
    static Output& instance = *new Output;
    return instance;
}

void write(Level level, Name event, Fields fields) {
    Output& to = output();
    if (to.logger.should_log(to_spdlog(level))) {
        const Time now = SystemClock().now();
        to.logger.log(to_spdlog(level), format_line(to.format, now, level, event, fields));
    }
}

}  // namespace

Value::Value(const Error& error) : value_(std::string(cardea::name(error.code))) {
    if (!error.context.empty()) {
        std::get<std::string>(value_) += ": " + error.context;
    }
}

Value::Value(Time time) : value_(to_rfc3339(time)) {}

std::string_view Value::text() const noexcept {
    const std::string* owned = std::get_if<std::string>(&value_);
    return owned != nullptr ? std::string_view(*owned) : *std::get_if<std::string_view>(&value_);
}

void start(const Options& options) {
    output().format = options.format;
    output().logger.set_level(to_spdlog(options.level));
}

void debug(Name event, Fields fields) {
    write(Level::debug, event, fields);
}

void info(Name event, Fields fields) {
    write(Level::info, event, fields);
}

void warning(Name event, Fields fields) {
    write(Level::warning, event, fields);
}

void error(Name event, Fields fields) {
    write(Level::error, event, fields);
}

}  // namespace cardea::log
