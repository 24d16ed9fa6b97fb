// SPDX-License-Identifier: Apache-2.0
#include "cardea/net/file_limit.h"

#include "cardea/log/log.h"

#include <algorithm>
#include <sys/resource.h>

namespace cardea::net {
namespace {

/// For what is no connection of a client: databases, listeners, event loops, requests to others.
constexpr std::size_t files_besides = 256;

}  // namespace

std::size_t raise_file_limit(std::size_t wanted) noexcept {
    rlimit files{};
    if (getrlimit(RLIMIT_NOFILE, &files) != 0) {
        return wanted;
    }
    const rlim_t needed = wanted + files_besides;
    if (files.rlim_cur < needed) {
        rlimit raised = files;
        raised.rlim_cur = std::min(needed, files.rlim_max);
        if (setrlimit(RLIMIT_NOFILE, &raised) == 0) {
            files = raised;
        }
    }
    if (files.rlim_cur >= needed) {
        return wanted;
    }
    const std::size_t allowed = files.rlim_cur;
    const std::size_t room = allowed > 2 * files_besides ? allowed - files_besides : allowed / 2;
    log::warning("net.few_files", {{"files", allowed}, {"connections", room}, {"wanted", wanted}});
    return room;
}

}  // namespace cardea::net
