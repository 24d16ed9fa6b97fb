// SPDX-License-Identifier: Apache-2.0
// Linked beside server/main.cc: the server program, with its database on the disk that CRASH_TEST_DISK names.
// "lossy" loses at SIGKILL what was not synced; "unsynced" moreover ignores every sync.
#include "tests/crash/lossy_vfs.h"

#include <cstdlib>
#include <string_view>

namespace {

[[maybe_unused]] const bool is_chosen = [] {
    const char* name = std::getenv("CRASH_TEST_DISK");
    const std::string_view disk = name == nullptr ? "" : name;
    if (disk == "lossy" || disk == "unsynced") {
        cardea::testing::make_lossy_vfs_the_default();
    }
    if (disk == "unsynced") {
        cardea::testing::ignore_syncs();
    }
    return true;
}();

}  // namespace
