// SPDX-License-Identifier: Apache-2.0
#include "cardea/password/argon2.h"

#include "cardea/base/base64url.h"

#include <charconv>
#include <optional>

namespace cardea::password {
namespace {

constexpr std::string_view prefix = "$argon2id$v=19$";

/// Takes `name=NUMBER` and the character after it off the text; a number has no leading zero.
std::optional<std::uint32_t> take_parameter(std::string_view& text, std::string_view name, char after) {
    if (!text.starts_with(name)) {
        return std::nullopt;
    }
    text.remove_prefix(name.size());
    const std::string_view digits = text.substr(0, text.find(after));
    std::uint32_t value = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    const bool is_whole = read.ec == std::errc() && read.ptr == digits.data() + digits.size();
    if (!is_whole || digits.front() == '0' || digits.size() == text.size()) {
        return std::nullopt;
    }
    text.remove_prefix(digits.size() + 1);
    return value;
}

std::optional<Bytes> read_bytes(std::string_view text, std::size_t low, std::size_t high) {
    if (text.size() < base64url_size(low) || text.size() > base64url_size(high)) {
        return std::nullopt;
    }
    Result<Bytes> bytes = base64_unpadded_decode(text);
    return bytes ? std::optional(std::move(*bytes)) : std::nullopt;
}

}  // namespace

Result<Argon2Hash> parse_argon2(std::string_view phc) {
    if (!phc.starts_with(prefix)) {
        return fail(Errc::unsupported, "password hash: not argon2id version 19");
    }
    std::string_view rest = phc.substr(prefix.size());
    const std::optional<std::uint32_t> memory = take_parameter(rest, "m=", ',');
    const std::optional<std::uint32_t> iterations = take_parameter(rest, "t=", ',');
    const std::optional<std::uint32_t> lanes = take_parameter(rest, "p=", '$');
    if (!memory || !iterations || !lanes || *memory < 8 * std::uint64_t{*lanes}) {
        return fail(Errc::malformed, "password hash: cost");
    }
    if (*memory > max_argon2_cost.memory_kib || *iterations > max_argon2_cost.iterations ||
        *lanes > max_argon2_cost.lanes) {
        return fail(Errc::too_large, "password hash: cost");
    }
    const std::size_t border = rest.find('$');
    std::optional<Bytes> salt = read_bytes(rest.substr(0, border), 8, 64);
    std::optional<Bytes> hash =
        border == rest.npos ? std::nullopt : read_bytes(rest.substr(border + 1), 16, 64);
    if (!salt || !hash) {
        return fail(Errc::malformed, "password hash: salt or hash");
    }
    return Argon2Hash{{*memory, *iterations, *lanes}, std::move(*salt), std::move(*hash)};
}

std::string to_phc(const Argon2Hash& hash) {
    std::string phc(prefix);
    phc += "m=" + std::to_string(hash.cost.memory_kib);
    phc += ",t=" + std::to_string(hash.cost.iterations);
    phc += ",p=" + std::to_string(hash.cost.lanes);
    phc += '$' + base64_unpadded_encode(hash.salt);
    phc += '$' + base64_unpadded_encode(hash.hash);
    return phc;
}

}  // namespace cardea::password
