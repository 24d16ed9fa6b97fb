// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"
#include "cardea/base/secret.h"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace cardea::cookies {

/// The secret keys, as itsdangerous calls them, that another application signs with, newest first: Flask's
/// SECRET_KEY, then its SECRET_KEY_FALLBACKS. The newest signs, all verify. Any bytes count, since they are
/// what the other one runs; those of our own values come from a Keyring, which is stricter.
class SecretKeys {
 public:
    /// Errc::config when a secret is empty, with which anybody could sign, or longer than 4096 bytes, or when
    /// there are more than eight.
    [[nodiscard]] static Result<SecretKeys> make(
        std::string_view newest, std::span<const std::string_view> older = {}
    );

    /// Reads a file's text: one secret a line, newest first. Spaces within a line belong to the secret; empty
    /// lines are skipped. Errors as make().
    [[nodiscard]] static Result<SecretKeys> parse(std::string_view text);

    [[nodiscard]] std::span<const SecretText> newest_first() const noexcept { return secrets_; }

    /// A sentence about why a secret can be guessed; nullopt when none looks so. Who guesses it can sign in
    /// as anybody: tell the operator, and change it in both programs.
    [[nodiscard]] std::optional<std::string_view> weakness() const;

 private:
    SecretKeys() = default;
    [[nodiscard]] Result<> add(std::string_view secret);

    std::vector<SecretText> secrets_;
};

}  // namespace cardea::cookies
