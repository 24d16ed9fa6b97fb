// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/assert.h"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace cardea::testing {

/// How many transactions stand in the write-ahead log of an SQLite file that nothing has moved into the file
/// yet (https://sqlite.org/fileformat2.html#walformat: a frame that ends a transaction says how many pages
/// the file has then).
inline int count_wal_commits(const std::filesystem::path& database) {
    constexpr std::size_t header_size = 32;
    constexpr std::size_t frame_header_size = 24;
    std::ifstream file(database.string() + "-wal", std::ios::binary);
    const std::string log((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    const auto number = [&log](std::size_t at) {
        std::uint32_t value = 0;
        for (std::size_t i = 0; i < 4; ++i) {
            value = value << 8U | static_cast<unsigned char>(log.at(at + i));
        }
        return value;
    };
    CARDEA_ASSERT(log.size() > header_size);
    const std::size_t frame_size = frame_header_size + number(8);
    int commits = 0;
    for (std::size_t at = header_size; at + frame_size <= log.size(); at += frame_size) {
        commits += number(at + 4) != 0 ? 1 : 0;
    }
    return commits;
}

}  // namespace cardea::testing
