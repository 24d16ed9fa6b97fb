// SPDX-License-Identifier: Apache-2.0
#include "tests/crash/lossy_vfs.h"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <cstring>
#include <map>
#include <mutex>
#include <new>
#include <string>
#include <vector>

namespace cardea::testing {

namespace {

constexpr std::int64_t block_size = 4096;

std::atomic<int> write_failure = SQLITE_OK;
std::atomic<int> sync_failure = SQLITE_OK;
std::atomic<bool> syncs_are_ignored = false;

/// What the process knows of a file beyond what the disk has. One per path, never destroyed: the data of a
/// closed file is still unsynced.
class Overlay {
 public:
    int read(sqlite3_file* disk, std::uint8_t* out, std::int64_t size, std::int64_t offset) {
        const std::lock_guard lock(mutex_);
        int code = load(disk);
        std::memset(out, 0, static_cast<std::size_t>(size));
        const std::int64_t end = std::min(offset + size, size_);
        for (std::int64_t at = offset; at < end && code == SQLITE_OK;) {
            const std::int64_t part = std::min(end - at, block_size - at % block_size);
            const auto block = blocks_.find(at / block_size);
            if (block != blocks_.end()) {
                std::memcpy(out + (at - offset), block->second.data() + at % block_size, std::size_t(part));
            } else {
                code = read_disk(disk, out + (at - offset), part, at);
            }
            at += part;
        }
        return code == SQLITE_OK && end < offset + size ? SQLITE_IOERR_SHORT_READ : code;
    }

    int write(sqlite3_file* disk, const std::uint8_t* data, std::int64_t size, std::int64_t offset) {
        const std::lock_guard lock(mutex_);
        int code = load(disk);
        for (std::int64_t at = offset; at < offset + size && code == SQLITE_OK;) {
            const std::int64_t part = std::min(offset + size - at, block_size - at % block_size);
            std::vector<std::uint8_t>* block = nullptr;
            code = own_block(disk, at / block_size, block);
            if (code == SQLITE_OK) {
                std::memcpy(block->data() + at % block_size, data + (at - offset), std::size_t(part));
            }
            at += part;
        }
        size_ = std::max(size_, offset + size);
        return code;
    }

    int truncate(sqlite3_file* disk, std::int64_t size) {
        const std::lock_guard lock(mutex_);
        const int code = load(disk);
        size_ = size;
        on_disk_ = std::min(on_disk_, size);
        blocks_.erase(blocks_.lower_bound((size + block_size - 1) / block_size), blocks_.end());
        if (const auto last = blocks_.find(size / block_size); last != blocks_.end()) {
            std::fill(last->second.begin() + size % block_size, last->second.end(), std::uint8_t{0});
        }
        return code;
    }

    int file_size(sqlite3_file* disk, std::int64_t& size) {
        const std::lock_guard lock(mutex_);
        const int code = load(disk);
        size = size_;
        return code;
    }

    /// The only way to the disk. A kill in the middle leaves a part, as a power cut would.
    int sync(sqlite3_file* disk, int flags) {
        const std::lock_guard lock(mutex_);
        int code = load(disk);
        if (code == SQLITE_OK && on_disk_ < size_) {
            code = disk->pMethods->xTruncate(disk, on_disk_);
        }
        for (auto block = blocks_.begin(); block != blocks_.end() && code == SQLITE_OK;) {
            const std::int64_t offset = block->first * block_size;
            const auto size = static_cast<int>(std::min(block_size, size_ - offset));
            code = disk->pMethods->xWrite(disk, block->second.data(), size, offset);
            block = code == SQLITE_OK ? blocks_.erase(block) : block;
        }
        if (code == SQLITE_OK) {
            code = disk->pMethods->xTruncate(disk, size_);
            on_disk_ = size_;
        }
        return code == SQLITE_OK ? disk->pMethods->xSync(disk, flags) : code;
    }

    void forget() {
        const std::lock_guard lock(mutex_);
        blocks_.clear();
        size_ = on_disk_ = 0;
        is_loaded_ = false;
    }

    std::size_t unsynced() {
        const std::lock_guard lock(mutex_);
        return blocks_.size() * block_size;
    }

 private:
    int load(sqlite3_file* disk) {
        if (is_loaded_) {
            return SQLITE_OK;
        }
        sqlite3_int64 size = 0;
        const int code = disk->pMethods->xFileSize(disk, &size);
        size_ = on_disk_ = size;
        is_loaded_ = code == SQLITE_OK;
        return code;
    }

    /// Reads what the disk holds; beyond a truncation that the disk has not seen there are zeros.
    int read_disk(sqlite3_file* disk, std::uint8_t* out, std::int64_t size, std::int64_t offset) const {
        const std::int64_t there = std::min(size, on_disk_ - offset);
        if (there <= 0) {
            return SQLITE_OK;
        }
        return disk->pMethods->xRead(disk, out, static_cast<int>(there), offset);
    }

    int own_block(sqlite3_file* disk, std::int64_t number, std::vector<std::uint8_t>*& out) {
        const auto [block, is_new] = blocks_.try_emplace(number);
        out = &block->second;
        if (!is_new) {
            return SQLITE_OK;
        }
        out->assign(block_size, 0);
        return read_disk(disk, out->data(), block_size, number * block_size);
    }

    std::mutex mutex_;
    std::map<std::int64_t, std::vector<std::uint8_t>> blocks_;  ///< written since the last sync
    std::int64_t size_ = 0;                                     ///< as this process sees it
    std::int64_t on_disk_ = 0;  ///< how much of what the disk holds is still part of the file
    bool is_loaded_ = false;
};

class Overlays {
 public:
    Overlay& of(const std::string& path) {
        const std::lock_guard lock(mutex_);
        return overlays_[path];
    }

    std::size_t unsynced() {
        const std::lock_guard lock(mutex_);
        std::size_t total = 0;
        for (auto& [path, overlay] : overlays_) {
            total += overlay.unsynced();
        }
        return total;
    }

 private:
    std::mutex mutex_;
    std::map<std::string, Overlay> overlays_;
};

Overlays& overlays() {
    static auto* all = new Overlays();  // threads of SQLite's users may outlive static destructors
    return *all;
}

/// SQLite allocates szOsFile bytes: this, and behind it the system's file.
struct LossyFile {
    sqlite3_file base;
    Overlay* overlay;
    sqlite3_file* disk;
};

LossyFile& lossy(sqlite3_file* file) {
    return *reinterpret_cast<LossyFile*>(file);
}
sqlite3_file* disk(sqlite3_file* file) {
    return lossy(file).disk;
}
sqlite3_vfs* system_vfs(sqlite3_vfs* vfs) {
    return static_cast<sqlite3_vfs*>(vfs->pAppData);
}

int close_file(sqlite3_file* file) {
    return disk(file)->pMethods->xClose(disk(file));
}

int read_file(sqlite3_file* file, void* out, int size, sqlite3_int64 offset) {
    return lossy(file).overlay->read(disk(file), static_cast<std::uint8_t*>(out), size, offset);
}

int write_file(sqlite3_file* file, const void* data, int size, sqlite3_int64 offset) {
    if (const int failure = write_failure; failure != SQLITE_OK) {
        return failure;
    }
    return lossy(file).overlay->write(disk(file), static_cast<const std::uint8_t*>(data), size, offset);
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
    return lossy(file).overlay->truncate(disk(file), size);
}

int sync_file(sqlite3_file* file, int flags) {
    if (const int failure = sync_failure; failure != SQLITE_OK) {
        return failure;
    }
    if (syncs_are_ignored) {
        return SQLITE_OK;
    }
    return lossy(file).overlay->sync(disk(file), flags);
}

int file_size(sqlite3_file* file, sqlite3_int64* out) {
    std::int64_t size = 0;
    const int code = lossy(file).overlay->file_size(disk(file), size);
    *out = size;
    return code;
}

int file_control(sqlite3_file* file, int operation, void* argument) {
    // These would change or map the file behind the overlay's back; they are hints, and may be declined.
    if (operation == SQLITE_FCNTL_SIZE_HINT || operation == SQLITE_FCNTL_CHUNK_SIZE ||
        operation == SQLITE_FCNTL_MMAP_SIZE) {
        return SQLITE_NOTFOUND;
    }
    return disk(file)->pMethods->xFileControl(disk(file), operation, argument);
}

const sqlite3_io_methods file_methods{
    .iVersion = 2,  // 3 would add memory mapping
    .xClose = close_file,
    .xRead = read_file,
    .xWrite = write_file,
    .xTruncate = truncate_file,
    .xSync = sync_file,
    .xFileSize = file_size,
    .xLock = [](sqlite3_file* file, int level) { return disk(file)->pMethods->xLock(disk(file), level); },
    .xUnlock = [](sqlite3_file* file, int level) { return disk(file)->pMethods->xUnlock(disk(file), level); },
    .xCheckReservedLock = [](sqlite3_file* file,
                             int* out) { return disk(file)->pMethods->xCheckReservedLock(disk(file), out); },
    .xFileControl = file_control,
    .xSectorSize = [](sqlite3_file* file) { return disk(file)->pMethods->xSectorSize(disk(file)); },
    .xDeviceCharacteristics = [](sqlite3_file* file
                              ) { return disk(file)->pMethods->xDeviceCharacteristics(disk(file)); },
    .xShmMap = [](sqlite3_file* file, int page, int size, int extend, void volatile** out
               ) { return disk(file)->pMethods->xShmMap(disk(file), page, size, extend, out); },
    .xShmLock = [](sqlite3_file* file, int offset, int count, int flags
                ) { return disk(file)->pMethods->xShmLock(disk(file), offset, count, flags); },
    .xShmBarrier = [](sqlite3_file* file) { disk(file)->pMethods->xShmBarrier(disk(file)); },
    .xShmUnmap = [](sqlite3_file* file,
                    int remove) { return disk(file)->pMethods->xShmUnmap(disk(file), remove); },
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

int open_file(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out_flags) {
    sqlite3_vfs* system = system_vfs(vfs);
    if (name == nullptr) {  // a temporary file, which nobody misses after a crash
        return system->xOpen(system, name, file, flags, out_flags);
    }
    auto* self = new (file) LossyFile{};
    self->disk = reinterpret_cast<sqlite3_file*>(self + 1);
    self->overlay = &overlays().of(name);
    const int code = system->xOpen(system, name, self->disk, flags, out_flags);
    if (code == SQLITE_OK) {
        self->base.pMethods = &file_methods;
    }
    return code;
}

int delete_file(sqlite3_vfs* vfs, const char* name, int sync_folder) {
    overlays().of(name).forget();
    return system_vfs(vfs)->xDelete(system_vfs(vfs), name, sync_folder);
}

sqlite3_vfs& lossy_vfs() {
    static sqlite3_vfs vfs = [] {
        sqlite3_vfs* system = sqlite3_vfs_find(nullptr);
        sqlite3_vfs copy = *system;  // what is not replaced below does not look at the VFS it belongs to
        copy.szOsFile += static_cast<int>(sizeof(LossyFile));
        copy.pNext = nullptr;
        copy.zName = lossy_vfs_name;
        copy.pAppData = system;
        copy.xOpen = open_file;
        copy.xDelete = delete_file;
        return copy;
    }();
    return vfs;
}

}  // namespace

void register_lossy_vfs() {
    sqlite3_vfs_register(&lossy_vfs(), 0);
}

void make_lossy_vfs_the_default() {
    sqlite3_vfs_register(&lossy_vfs(), 1);
}

void ignore_syncs() {
    syncs_are_ignored = true;
}

std::size_t unsynced_bytes() {
    return overlays().unsynced();
}

void fail_writes_with(int code) {
    write_failure = code;
}

void fail_syncs_with(int code) {
    sync_failure = code;
}

}  // namespace cardea::testing
