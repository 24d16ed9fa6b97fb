// SPDX-License-Identifier: Apache-2.0
#include "server/config/loader.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    cardea::server::Gathered gathered;
    cardea::server::gather_toml(
        std::string_view(reinterpret_cast<const char*>(data), size), "fuzz", gathered
    );
    std::ignore = cardea::server::make_config(std::move(gathered));
    return 0;
}
