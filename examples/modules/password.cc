// SPDX-License-Identifier: Apache-2.0
#include "cardea/password/hasher.h"
#include "cardea/password/policy.h"

#include <array>
#include <iostream>

using namespace cardea;

namespace {

// [choose]
/// A person chooses a password: the hash to store, or what to tell them.
Result<std::string> choose_password(
    const password::PasswordHasher& hasher, std::string_view typed, std::string_view email, Random& random
) {
    const Result<password::Password> chosen = password::Password::parse(typed);
    if (!chosen) {
        return std::unexpected(chosen.error());  // empty, longer than 1024 bytes, or not UTF-8
    }
    const std::array words{email, std::string_view("example.com")};
    if (Result<> accepted = password::check_password(*chosen, {}, {.words = words}); !accepted) {
        return propagate(accepted);  // password_too_short, password_blocked ...
    }
    return hasher.hash(*chosen, random);
}
// [/choose]

// [sign_in]
/// Somebody signs in. `stored` is a column of the database: what Django, Flask, Laravel or we ourselves put
/// there.
Result<> sign_in(
    const password::PasswordHasher& hasher, std::string_view typed, std::string& stored, Random& random
) {
    const Result<password::Password> given = password::Password::parse(typed);
    if (!given) {
        return fail(Errc::credentials_wrong);
    }
    Result<password::PasswordMatch> match = hasher.verify(*given, stored, random);
    if (!match) {
        return propagate(match);  // credentials_wrong; or why this hash cannot be verified
    }
    if (!match->better_hash.empty()) {
        stored = std::move(match->better_hash);  // an old scheme or cost: keep the better one
    }
    return {};
}
// [/sign_in]

bool expect(bool is_so, const char* what) {
    std::cout << (is_so ? "yes: " : "NO:  ") << what << '\n';
    return is_so;
}

}  // namespace

int main() {
    SystemRandom random;
    const password::PasswordHasher hasher;
    std::string ada = choose_password(hasher, "tangerine parasol 42", "ada@example.com", random).value();
    std::string from_django = "pbkdf2_sha256$10000$kjVJaVz6qsnJ$5yPHw3rwJGECpUf70daLGhOrQ5+AMxIJdz1c3bqK1Rs=";

    bool all = expect(ada.starts_with("$argon2id$"), "a new password is kept as Argon2id");
    all &= expect(sign_in(hasher, "tangerine parasol 42", ada, random).has_value(), "the right one signs in");
    all &= expect(!sign_in(hasher, "tangerine parasol 43", ada, random), "a wrong one does not");
    all &= expect(
        choose_password(hasher, "1qaz2wsx3edc", "ada@example.com", random).error().code ==
            Errc::password_blocked,
        "a common one cannot be chosen"
    );
    all &= expect(
        sign_in(hasher, "not a password", from_django, random) && from_django.starts_with("$argon2id$"),
        "a user of Django signs in, and their hash is made anew"
    );
    return all ? 0 : 1;
}
