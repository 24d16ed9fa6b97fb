// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/apikey/service.h"
#include "cardea/crypto/sha256.h"
#include "cardea/web/authentication.h"
#include "cardea/web/secrets.h"

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cardea::web {

/// A key that the program was given from outside, and who has it: `{env("REPORTS_API_KEY"), {.id =
/// "reports"}}`. Of the key only its SHA-256 is kept.
class KnownApiKey {
 public:
    /// Not fewer than 32 characters, which nobody types or guesses: `openssl rand -hex 32`.
    KnownApiKey(const EnvironmentVariable& key, User user);
    /// The key itself, of any length: for tests.
    KnownApiKey(std::string_view key, User user);

    [[nodiscard]] const crypto::Sha256& hash() const noexcept { return hash_; }
    [[nodiscard]] const User& user() const noexcept { return user_; }
    /// A sentence about the variable; empty when all is well.
    [[nodiscard]] const std::string& mistake() const noexcept { return mistake_; }

 private:
    crypto::Sha256 hash_{};
    User user_;
    std::string mistake_;
};

/// Users by the header `X-API-Key`, for the few programs whose keys are settings. A key is
/// found by its SHA-256, so that no comparison tells how much of a guess was right. One that is not set, is
/// short, or is the key of two does not start.
[[nodiscard]] std::shared_ptr<AuthenticationBackend> api_keys(std::vector<KnownApiKey> keys);

/// Who has a key that the program issued.
using UserOfApiKey = std::function<User(const apikey::LiveKey&)>;

/// The same for keys that are issued, rotated and revoked while the program runs. `service` outlives the App.
[[nodiscard]] std::shared_ptr<AuthenticationBackend> api_keys(
    apikey::ApiKeyService& service, UserOfApiKey user
);

}  // namespace cardea::web
