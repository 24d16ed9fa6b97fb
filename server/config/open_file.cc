// SPDX-License-Identifier: Apache-2.0
#include "server/config/open_file.h"

#include <fcntl.h>
#include <unistd.h>

namespace cardea::server {

OpenFile::OpenFile(const std::filesystem::path& path, int flags)
    : descriptor_(::open(path.c_str(), flags | O_CLOEXEC)) {}

OpenFile::~OpenFile() {
    if (is_open()) {
        ::close(descriptor_);
    }
}

}  // namespace cardea::server
