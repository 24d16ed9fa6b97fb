// SPDX-License-Identifier: Apache-2.0
// libsodium maps the memory of every Argon2 hash anew and offers no door for an allocator. Handing it out in
// pages of 4 KiB costs the kernel more than the hash itself costs, and Linux keeps its huge pages for who
// asks with madvise. So the program asks: the dynamic linker prefers its mmap to the C library's, for
// libsodium too. Nothing includes this file; docs/performance.md has the figures.
#include <cerrno>
#include <cstddef>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace {

/// Two huge pages of x86-64: one is whole wherever the mapping begins.
constexpr std::size_t least_length = std::size_t{4} << 20U;

/// Memory that is written all over at once, as that of a hash is.
bool wants_huge_pages(std::size_t length, int flags) {
    constexpr int of_a_hash = MAP_ANONYMOUS | MAP_POPULATE;
    return length >= least_length && (flags & of_a_hash) == of_a_hash;
}

/// Both are wishes, as MAP_POPULATE is: pages that the kernel does not give now, it gives when they are
/// touched.
void populate_with_huge_pages(void* memory, std::size_t length) {
    const int untouched = errno;  // a mapping that succeeds says nothing
    madvise(memory, length, MADV_HUGEPAGE);
    madvise(memory, length, MADV_POPULATE_WRITE);
    errno = untouched;
}

// The C library's signature and the kernel's.
// NOLINTBEGIN(readability-function-size,performance-no-int-to-ptr)
void* map(void* address, std::size_t length, int protection, int flags, int file, off_t offset) {
    return reinterpret_cast<void*>(syscall(SYS_mmap, address, length, protection, flags, file, offset));
}

}  // namespace

extern "C" [[gnu::visibility("default")]] void* mmap(
    void* address, std::size_t length, int protection, int flags, int file, off_t offset
) noexcept {
    if (!wants_huge_pages(length, flags)) {
        return map(address, length, protection, flags, file, offset);
    }
    void* memory = map(address, length, protection, flags & ~MAP_POPULATE, file, offset);
    if (memory != MAP_FAILED) {
        populate_with_huge_pages(memory, length);
    }
    return memory;
}
// NOLINTEND(readability-function-size,performance-no-int-to-ptr)
