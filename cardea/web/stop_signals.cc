// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/stop_signals.h"

#include <csignal>

namespace cardea::web {

std::vector<int> stop_signals() {
    std::vector<int> signals{SIGTERM, SIGINT};
    struct sigaction current{};
    const bool is_ignored = ::sigaction(SIGHUP, nullptr, &current) == 0 && current.sa_handler == SIG_IGN;
    if (!is_ignored) {
        signals.push_back(SIGHUP);
    }
    return signals;
}

}  // namespace cardea::web
