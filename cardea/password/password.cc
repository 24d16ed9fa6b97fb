// SPDX-License-Identifier: Apache-2.0
#include "cardea/password/password.h"

#include "cardea/password/detail/unicode.h"

namespace cardea::password {

Result<Password> Password::parse(std::string_view text) {
    if (text.empty()) {
        return fail(Errc::malformed, "password: empty");
    }
    if (text.size() > max_password_bytes) {
        return fail(Errc::password_too_long);
    }
    Result<SecretText> normal = detail::normal_form_c(text);
    if (!normal) {
        return propagate(normal);
    }
    // A few characters grow when they are composed.
    if (normal->size() > max_password_bytes) {
        return fail(Errc::password_too_long);
    }
    return Password(std::move(*normal));
}

}  // namespace cardea::password
