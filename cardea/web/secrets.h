// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"
#include "cardea/base/secret.h"
#include "cardea/crypto/keyring.h"

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cardea::web {

/// A variable of the process's environment, as it was when env() was called.
class EnvironmentVariable {
 public:
    explicit EnvironmentVariable(std::string name);

    [[nodiscard]] const std::string& name() const noexcept { return name_; }
    [[nodiscard]] bool is_set() const noexcept { return !value_.empty(); }
    /// Empty when it is not set.
    [[nodiscard]] std::string_view expose() const& noexcept { return value_.expose(); }
    [[nodiscard]] std::string_view expose() const&& = delete;
    /// For settings that are no secret.
    [[nodiscard]] std::string value_or(std::string_view otherwise) const {
        return std::string(is_set() ? value_.expose() : otherwise);
    }

 private:
    std::string name_;
    SecretText value_;
};

/// `env("SECRET_KEY")`: for what does not belong into the program's text.
[[nodiscard]] EnvironmentVariable env(std::string name);

/// The secrets of a program, newest first: what it signs and seals with, and what older values are still
/// taken under. `env("SECRET_KEY")`, or a list `{env("SECRET_KEY"), env("OLD_SECRET_KEY")}`; one variable may
/// hold several too, newest first, with spaces between.
class Secrets {
 public:
    Secrets() = default;
    // NOLINTBEGIN(google-explicit-constructor): a setting is written as it is
    Secrets(const EnvironmentVariable& variable) { add(variable); }
    Secrets(std::initializer_list<EnvironmentVariable> variables);
    /// The secret itself, from wherever the program keeps secrets.
    Secrets(SecretText secret) { texts_.push_back(std::move(secret)); }
    // NOLINTEND(google-explicit-constructor)

    /// Errc::config with a sentence that says what to set, unless there is at least one, and each is 32
    /// printable characters or more and not guessable.
    [[nodiscard]] Result<crypto::Keyring> keyring() const;
    /// The secrets as they are, for formats that are shared with other programs; after keyring() liked them.
    [[nodiscard]] std::span<const SecretText> texts() const noexcept { return texts_; }

 private:
    void add(const EnvironmentVariable& variable);

    std::vector<SecretText> texts_;
    std::vector<std::string> unset_;  ///< names of the variables that are not set
};

}  // namespace cardea::web
