// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/bytes.h"
#include "cardea/base/result.h"
#include "cardea/password/password.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace cardea::password {

/// Passwords that nobody may choose, as a Bloom filter: 20 bits for each, whatever its length. It knows every
/// password that was put in, in either case of its letters, and takes one in 15,000 others for one of them.
/// It cannot be read back. Immutable, so thread-safe.
///
/// The file, numbers with the low byte first:
///   0   8  "cardeaPF"
///   8   4  version, 1
///   12  4  hash functions, 1 to 32
///   16  8  bits, a multiple of 8
///   24  8  passwords in it
///   32 32  SHA-256 of everything else: the bytes before this and those behind it
///   64     the bits
class Blocklist {
 public:
    Blocklist(Blocklist&&) noexcept = default;
    Blocklist& operator=(Blocklist&&) noexcept = default;
    Blocklist(const Blocklist&) = delete;
    Blocklist& operator=(const Blocklist&) = delete;
    ~Blocklist() = default;

    /// Reads a file that build_blocklist() made. Errc::malformed, Errc::unsupported (another version), or
    /// Errc::too_large beyond 1 GiB.
    [[nodiscard]] static Result<Blocklist> parse(Bytes file);

    /// The 49,000 passwords of the npm package @zxcvbn-ts/language-common, which lie in the library.
    [[nodiscard]] static const Blocklist& built_in();

    [[nodiscard]] bool contains(const Password& password) const;
    /// The number of passwords that were put in.
    [[nodiscard]] std::uint64_t size() const noexcept { return entries_; }

 private:
    Blocklist() = default;
    [[nodiscard]] static Result<Blocklist> view(ByteView file);

    std::uint32_t functions_ = 0;
    std::uint64_t bits_ = 0;
    std::uint64_t entries_ = 0;
    Bytes file_;     ///< empty for the built-in one
    ByteView data_;  ///< the bits
};

/// A filter, and what was not put into it.
struct BuiltBlocklist {
    Bytes file;  ///< as Blocklist::parse() reads it
    std::uint64_t entries = 0;
    std::uint64_t skipped = 0;  ///< lines that can be no password: too long or not UTF-8
};

/// Makes a filter from passwords, one on a line; empty lines are passed over. `list` has at most 400,000,000
/// lines, which is what 1 GiB of filter holds; Errc::too_large beyond that.
[[nodiscard]] Result<BuiltBlocklist> build_blocklist(std::string_view list);

}  // namespace cardea::password
