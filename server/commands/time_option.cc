// SPDX-License-Identifier: Apache-2.0
#include "server/commands/time_option.h"

#include "cardea/base/time_text.h"

#include <CLI/CLI.hpp>

namespace cardea::server {

void TimeOption::add_to(CLI::App& command) {
    command.add_option("--at", at_, "The time, in seconds since 1970 (default: now)")
        ->type_name("UNIX")
        ->check(CLI::Range(std::int64_t{0}, last_unix_second));
}

Time TimeOption::now() const {
    return at_ ? Time(std::chrono::seconds(*at_)) : SystemClock().now();
}

}  // namespace cardea::server
