// SPDX-License-Identifier: Apache-2.0
// The program's own mmap: huge pages for the memory of a hash, and what the C library's does for everything
// else.
#include <gtest/gtest.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <sys/mman.h>
#include <unistd.h>
#include <vector>

namespace {

constexpr std::size_t hash_size = std::size_t{19} << 20U;
constexpr int of_a_hash = MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE;

/// A mapping that ends with the test.
class Mapping {
 public:
    Mapping(std::size_t length, int flags)
        : memory_(mmap(nullptr, length, PROT_READ | PROT_WRITE, flags, -1, 0)), length_(length) {}
    Mapping(const Mapping&) = delete;
    Mapping& operator=(const Mapping&) = delete;
    ~Mapping() { munmap(memory_, length_); }

    [[nodiscard]] bool is_made() const { return memory_ != MAP_FAILED; }
    [[nodiscard]] unsigned char* bytes() const { return static_cast<unsigned char*>(memory_); }

    [[nodiscard]] std::size_t resident_pages() const {
        const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
        std::vector<unsigned char> is_resident((length_ + page - 1) / page);
        EXPECT_EQ(mincore(memory_, length_, is_resident.data()), 0);
        std::size_t pages = 0;
        for (const unsigned char flags : is_resident) {
            pages += flags & 1U;
        }
        return pages;
    }

    /// Whether /proc/self/smaps has "hg" (madvised to huge pages) among its flags.
    [[nodiscard]] bool asks_for_huge_pages() const {
        std::ifstream smaps("/proc/self/smaps");
        bool is_here = false;
        for (std::string line; std::getline(smaps, line);) {
            char* rest = nullptr;
            const std::uintptr_t begin = std::strtoul(line.c_str(), &rest, 16);
            if (*rest == '-') {  // "7f3a00000000-7f3a01300000 rw-p ..." begins another mapping
                const auto address = reinterpret_cast<std::uintptr_t>(memory_);
                is_here = begin <= address && address < std::strtoul(rest + 1, nullptr, 16);
            } else if (is_here && line.starts_with("VmFlags:")) {
                return (line + " ").find(" hg ") != std::string::npos;
            }
        }
        return false;
    }

 private:
    void* memory_;
    std::size_t length_;
};

bool kernel_has_huge_pages() {
    return std::filesystem::exists("/sys/kernel/mm/transparent_hugepage");
}

TEST(HugePages, are_asked_for_where_a_hash_is_computed) {
    const Mapping memory(hash_size, of_a_hash);
    ASSERT_TRUE(memory.is_made());
    EXPECT_EQ(memory.asks_for_huge_pages(), kernel_has_huge_pages());
}

TEST(HugePages, memory_of_a_hash_is_there_at_once_and_zero) {
    const Mapping memory(hash_size, of_a_hash);
    ASSERT_TRUE(memory.is_made());
    EXPECT_EQ(memory.resident_pages(), hash_size / static_cast<std::size_t>(sysconf(_SC_PAGESIZE)));
    const std::vector<unsigned char> zeros(hash_size);
    EXPECT_EQ(std::memcmp(memory.bytes(), zeros.data(), hash_size), 0);
    std::memset(memory.bytes(), 0xa5, hash_size);
    EXPECT_EQ(memory.bytes()[hash_size - 1], 0xa5);
}

TEST(HugePages, leave_other_mappings_as_they_are) {
    const Mapping small(std::size_t{1} << 20U, of_a_hash);
    ASSERT_TRUE(small.is_made());
    EXPECT_FALSE(small.asks_for_huge_pages());

    const Mapping lazy(hash_size, MAP_PRIVATE | MAP_ANONYMOUS);
    ASSERT_TRUE(lazy.is_made());
    EXPECT_FALSE(lazy.asks_for_huge_pages());
    EXPECT_EQ(lazy.resident_pages(), 0U);
}

TEST(HugePages, map_files) {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::tmpfile(), std::fclose);
    ASSERT_NE(file, nullptr);
    ASSERT_EQ(std::fputs("in a file", file.get()), 1);
    ASSERT_EQ(std::fflush(file.get()), 0);
    void* memory = mmap(nullptr, 9, PROT_READ, MAP_PRIVATE, fileno(file.get()), 0);
    ASSERT_NE(memory, MAP_FAILED);
    EXPECT_EQ(std::string(static_cast<const char*>(memory), 9), "in a file");
    EXPECT_EQ(munmap(memory, 9), 0);
}

TEST(HugePages, say_why_a_mapping_failed) {
    errno = 0;
    EXPECT_EQ(mmap(nullptr, 1, PROT_READ, MAP_PRIVATE, -1, 0), MAP_FAILED);
    EXPECT_EQ(errno, EBADF);
    errno = 0;
    EXPECT_EQ(mmap(nullptr, SIZE_MAX / 2, PROT_READ | PROT_WRITE, of_a_hash, -1, 0), MAP_FAILED);
    EXPECT_EQ(errno, ENOMEM);
}

}  // namespace
