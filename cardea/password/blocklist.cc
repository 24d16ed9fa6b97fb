// SPDX-License-Identifier: Apache-2.0
#include "cardea/password/blocklist.h"

#include "cardea/crypto/sha256.h"
#include "cardea/password/detail/unicode.h"

#include <algorithm>
#include <utility>

namespace cardea::password {
namespace {

constexpr std::string_view magic = "cardeaPF";
constexpr std::uint32_t version = 1;
// With these, (1 - exp(-14/20))^14 of all others are taken for one of them: one in 15,000.
constexpr std::uint64_t bits_per_entry = 20;
constexpr std::uint32_t hash_functions = 14;
constexpr std::uint32_t max_hash_functions = 32;
constexpr std::uint64_t max_entries = 400'000'000;
constexpr std::size_t max_file_size = std::size_t{1} << 30U;

// Where the fields stand.
constexpr std::size_t at_version = 8;
constexpr std::size_t at_functions = 12;
constexpr std::size_t at_bits = 16;
constexpr std::size_t at_entries = 24;
constexpr std::size_t at_checksum = 32;
constexpr std::size_t header_size = 64;

std::uint64_t read(ByteView bytes, std::size_t at, std::size_t size) noexcept {
    std::uint64_t value = 0;
    for (std::size_t i = size; i-- > 0;) {
        value = value << 8 | bytes[at + i];
    }
    return value;
}

void write(std::span<std::uint8_t> bytes, std::size_t at, std::size_t size, std::uint64_t value) noexcept {
    for (std::size_t i = 0; i < size; ++i, value >>= 8) {
        bytes[at + i] = static_cast<std::uint8_t>(value);
    }
}

/// The checksum of a file: of its header and, by its own checksum, of the rest.
crypto::Sha256 checksum(ByteView file) {
    const crypto::Sha256 of_bits = crypto::sha256(file.subspan(header_size));
    Bytes summed(file.begin(), file.begin() + at_checksum);
    summed.insert(summed.end(), of_bits.begin(), of_bits.end());
    return crypto::sha256(summed);
}

/// Calls `visit` with each bit that stands for a password, until it answers false.
template <class Visit>
bool for_each_bit(const Password& password, std::uint32_t functions, std::uint64_t bits, Visit visit) {
    const Result<SecretText> folded = detail::case_folded(password.expose());
    if (!folded) {
        return false;
    }
    crypto::Sha256 hash = crypto::sha256(as_bytes(folded->expose()));
    std::uint64_t position = read(hash, 0, 8);
    const std::uint64_t step = read(hash, 8, 8) | 1U;
    wipe(hash.data(), hash.size());
    for (std::uint32_t i = 0; i < functions; ++i, position += step) {
        if (!visit(position % bits)) {
            return false;
        }
    }
    return true;
}

/// Calls `visit` with each line that is not empty, without the end of the line.
template <class Visit>
void for_each_line(std::string_view text, Visit visit) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (const std::string_view word = line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
            !word.empty()) {
            visit(word);
        }
    }
}

void put_in(std::span<std::uint8_t> data, const Password& password) {
    for_each_bit(password, hash_functions, data.size() * 8, [data](std::uint64_t bit) {
        data[bit / 8] |= static_cast<std::uint8_t>(1U << (bit % 8));
        return true;
    });
}

void write_header(std::span<std::uint8_t> file, std::uint64_t entries) {
    std::ranges::copy(as_bytes(magic), file.begin());
    write(file, at_version, 4, version);
    write(file, at_functions, 4, hash_functions);
    write(file, at_bits, 8, (file.size() - header_size) * 8);
    write(file, at_entries, 8, entries);
    std::ranges::copy(checksum(file), file.begin() + at_checksum);
}

}  // namespace

Result<Blocklist> Blocklist::parse(Bytes file) {
    Result<Blocklist> list = view(file);
    if (list) {
        list->file_ = std::move(file);  // its memory stays where it is
    }
    return list;
}

Result<Blocklist> Blocklist::view(ByteView file) {
    if (file.size() > max_file_size) {
        return fail(Errc::too_large, "password filter");
    }
    if (file.size() <= header_size || as_text(file.first(magic.size())) != magic) {
        return fail(Errc::malformed, "this is no password filter");
    }
    if (read(file, at_version, 4) != version) {
        return fail(Errc::unsupported, "the password filter has another version: build it anew");
    }
    Blocklist list;
    list.functions_ = static_cast<std::uint32_t>(read(file, at_functions, 4));
    list.bits_ = read(file, at_bits, 8);
    list.entries_ = read(file, at_entries, 8);
    list.data_ = file.subspan(header_size);
    const bool has_size = list.bits_ % 8 == 0 && list.bits_ / 8 == list.data_.size();
    if (list.functions_ == 0 || list.functions_ > max_hash_functions || !has_size) {
        return fail(Errc::malformed, "the password filter contradicts itself");
    }
    if (!std::ranges::equal(checksum(file), file.subspan(at_checksum, header_size - at_checksum))) {
        return fail(Errc::malformed, "the password filter is damaged");
    }
    return list;
}

bool Blocklist::contains(const Password& password) const {
    return for_each_bit(password, functions_, bits_, [this](std::uint64_t bit) {
        return (data_[bit / 8] >> (bit % 8) & 1U) != 0;
    });
}

Result<BuiltBlocklist> build_blocklist(std::string_view list) {
    const auto lines = static_cast<std::uint64_t>(std::ranges::count(list, '\n')) + 1;
    if (lines > max_entries) {
        return fail(Errc::too_large, "password filter");
    }
    BuiltBlocklist built;
    built.file.resize(header_size + (lines * bits_per_entry + 7) / 8);
    for_each_line(list, [&built](std::string_view line) {
        if (const Result<Password> password = Password::parse(line)) {
            put_in(std::span(built.file).subspan(header_size), *password);
            ++built.entries;
        } else {
            ++built.skipped;
        }
    });
    write_header(built.file, built.entries);
    return built;
}

}  // namespace cardea::password
