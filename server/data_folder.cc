// SPDX-License-Identifier: Apache-2.0
#include "server/data_folder.h"

#include "server/config/trust.h"

#include <fmt/format.h>

namespace cardea::server {

Result<sql::DataFolderLock> hold_data_folder(const Config& config) {
    if (Result<> made = sql::make_data_folder(config.data); !made) {
        return propagate(made);
    }
    const std::string distrust = config.is_data_named ? std::string() : find_distrust(config.data, "--data");
    if (!distrust.empty()) {
        return fail(Errc::config, fmt::format("{}: {}", config.data.string(), distrust));
    }
    return sql::DataFolderLock::acquire(config.data);
}

}  // namespace cardea::server
