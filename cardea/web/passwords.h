// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/random.h"
#include "cardea/base/result.h"
#include "cardea/base/secret.h"
#include "cardea/base/task.h"
#include "cardea/password/hasher.h"
#include "cardea/password/policy.h"

#include <memory>
#include <string>
#include <string_view>

namespace cardea::web {

/// Hashes and compares passwords for a program that keeps its users itself: Argon2id, on threads of its own
/// with a bounded queue, so that nobody else waits for them. Thread-safe; outlives App::run().
class Passwords {
 public:
    /// `policy` is what new passwords must be like.
    explicit Passwords(const password::PasswordPolicy& policy = {});
    ~Passwords();
    Passwords(const Passwords&) = delete;
    Passwords& operator=(const Passwords&) = delete;

    /// A hash to store. What check_password refuses a new password with, or Errc::busy when too many wait.
    [[nodiscard]] Task<Result<std::string>> hash(SecretText password);
    /// The same at once, whatever the policy says, for the users that a program's text begins with. Blocks,
    /// and ends the program for what can be no password (empty, or longer than 1024 bytes) and without
    /// memory: never for what comes from outside.
    [[nodiscard]] std::string hash_now(std::string_view password);

    /// Errc::credentials_wrong unless `hash` was made of this password; Errc::busy when too many wait. An
    /// empty hash stands for nobody of that name: it costs as much as one of today, so that nobody can tell,
    /// and never fits. Nor does a text that is no hash, such as Django's "!..." for "no password". A hash
    /// that another scheme left costs what it costs, until `better_hash` is stored in its place.
    /// `better_hash` of the answer is to be stored instead where it is not empty: the old one was made by
    /// another scheme, or at a lower cost, than is right today.
    [[nodiscard]] Task<Result<password::PasswordMatch>> verify(SecretText password, std::string hash);

 private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace cardea::web
