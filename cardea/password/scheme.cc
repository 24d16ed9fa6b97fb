// SPDX-License-Identifier: Apache-2.0
#include "cardea/password/scheme.h"

#include <algorithm>

namespace cardea::password {

std::string_view name(Scheme scheme) noexcept {
    constexpr std::array<std::string_view, all_schemes.size()> names{
        "argon2id",
        "argon2i",
        "argon2d",
        "bcrypt",
        "bcrypt_sha256",
        "scrypt",
        "pbkdf2_sha1",
        "pbkdf2_sha256",
        "pbkdf2_sha512",
    };
    return names[static_cast<std::size_t>(scheme)];
}

std::optional<Scheme> find_scheme(std::string_view text) noexcept {
    const auto found = std::ranges::find(all_schemes, text, [](Scheme scheme) { return name(scheme); });
    return found == all_schemes.end() ? std::nullopt : std::optional(*found);
}

bool is_for_new_hashes(Scheme scheme) noexcept {
    return scheme != Scheme::argon2i && scheme != Scheme::argon2d && scheme != Scheme::pbkdf2_sha1;
}

}  // namespace cardea::password
