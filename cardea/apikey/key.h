// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/apikey/record.h"
#include "cardea/base/random.h"
#include "cardea/base/result.h"
#include "cardea/base/secret.h"

#include <array>
#include <string>
#include <string_view>

namespace cardea::apikey {

/// What stands before the first secret character, so that people and secret scanners know whose key it is.
class ApiKeyPrefix {
 public:
    static constexpr std::size_t max_size = 24;

    /// "cardea".
    ApiKeyPrefix() = default;
    /// Lower-case letters and digits in words joined by single '_', the first character a letter, 2 to 24
    /// characters: "acme", "acme_live". Errc::invalid.
    [[nodiscard]] static Result<ApiKeyPrefix> parse(std::string_view text);

    [[nodiscard]] const std::string& text() const noexcept { return text_; }

 private:
    std::string text_ = "cardea";
};

/// What a client holds: `PREFIX_SECRETCHECKSUM`, of [0-9A-Za-z_] alone, so that a double click selects all of
/// it. SECRET is 43 random characters of base 62 (256 bits), CHECKSUM the CRC-32 of everything before it as
/// six digits of base 62, with which a scanner or a form finds out about a typo without asking anybody. The
/// regular expression for scanners is `\b[a-z][a-z0-9_]{1,23}_[0-9A-Za-z]{49}\b`.
///
/// It leaves the server once, when the key is issued; everything else works with its hash. Move-only and
/// wiped like a Secret, but without a heap allocation, because one is parsed for every request.
class ApiKey {
 public:
    static constexpr std::size_t secret_size = 43;
    static constexpr std::size_t checksum_size = 6;
    static constexpr std::size_t max_size = ApiKeyPrefix::max_size + 1 + secret_size + checksum_size;

    [[nodiscard]] static ApiKey make(const ApiKeyPrefix& prefix, Random& random) noexcept;
    /// Of any prefix, so that keys outlive a change of it. Errc::malformed unless the form and the checksum
    /// are right.
    [[nodiscard]] static Result<ApiKey> parse(std::string_view text);
    /// Whether a text is as long as a key and has its '_' where a key has one, which no session token does:
    /// what tells a mistyped key from somebody else's bearer token.
    [[nodiscard]] static bool resembles_one(std::string_view text) noexcept;

    ~ApiKey() { wipe(characters_.data(), characters_.size()); }
    ApiKey(ApiKey&& other) noexcept;
    ApiKey& operator=(ApiKey&& other) noexcept;
    ApiKey(const ApiKey&) = delete;
    ApiKey& operator=(const ApiKey&) = delete;

    [[nodiscard]] ApiKeyHash hash() const noexcept;
    [[nodiscard]] SecretText text() const { return SecretText(view()); }
    /// The prefix and the last four characters, of the checksum, for lists: "cardea_…x7Qp". It gives away 24
    /// bits of 256.
    [[nodiscard]] std::string hint() const;

 private:
    ApiKey() noexcept = default;
    [[nodiscard]] std::string_view view() const noexcept { return {characters_.data(), size_}; }

    std::array<char, max_size> characters_{};
    std::size_t size_ = 0;
};

}  // namespace cardea::apikey
