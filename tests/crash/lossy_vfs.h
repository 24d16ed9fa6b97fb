// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

namespace cardea::testing {

/// The name under which register_lossy_vfs() makes it known to SQLite.
inline constexpr const char* lossy_vfs_name = "lossy";

/// Adds a VFS that does to files what a power cut may do: what was written but not yet synced lives only in
/// the memory of this process (where all its connections see it) and reaches the file at xSync, so that
/// SIGKILL loses it. Locks, shared memory, names and deletions are the system's. Call it before any database
/// is opened.
void register_lossy_vfs();

/// The same, for a program that does not name a VFS when it opens its database.
void make_lossy_vfs_the_default();

/// From now on a sync does nothing and says it did, as with synchronous=OFF or a disk that lies.
void ignore_syncs();

/// Bytes that SIGKILL would lose now, of all files.
[[nodiscard]] std::size_t unsynced_bytes();

/// Makes every following write or sync of the lossy VFS fail with that SQLite result code; SQLITE_OK (0) ends
/// it.
void fail_writes_with(int code);
void fail_syncs_with(int code);

}  // namespace cardea::testing
