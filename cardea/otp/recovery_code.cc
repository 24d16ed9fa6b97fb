// SPDX-License-Identifier: Apache-2.0
#include "cardea/otp/recovery_code.h"

#include "cardea/base/base32.h"
#include "cardea/crypto/hmac.h"

#include <optional>
#include <string>

namespace cardea::otp {
namespace {

constexpr std::size_t characters = 24;
constexpr std::size_t group = 4;

}  // namespace

Result<RecoveryCode> RecoveryCode::parse(std::string_view typed) {
    SecretBytes<bits / 8> bytes;
    if (!crockford32_decode(typed, bytes.expose(), Base32Reading::lenient)) {
        return fail(Errc::malformed, "recovery code");
    }
    return RecoveryCode(std::move(bytes));
}

SecretText RecoveryCode::text() const {
    std::string plain = crockford32_encode(bytes_.expose());
    std::array<char, characters + characters / group - 1> text{};
    std::size_t size = 0;
    for (std::size_t i = 0; i < plain.size(); ++i) {
        if (i > 0 && i % group == 0) {
            text[size++] = '-';
        }
        text[size++] = plain[i];
    }
    SecretText secret(std::string_view(text.data(), size));
    wipe(plain.data(), plain.size());
    wipe(text.data(), text.size());
    return secret;
}

RecoveryCodeHash RecoveryCode::hash(ByteView account) const noexcept {
    return crypto::hmac_sha256(bytes_.expose(), account);
}

std::vector<RecoveryCode> make_recovery_codes(Random& random, std::size_t count) {
    std::vector<RecoveryCode> codes;
    codes.reserve(count);
    while (codes.size() < count) {
        codes.push_back(RecoveryCode::make(random));
    }
    return codes;
}

Result<std::size_t> verify_recovery_code(
    std::string_view typed, ByteView account, std::span<const RecoveryCodeHash> unused
) {
    Result<RecoveryCode> code = RecoveryCode::parse(typed);
    if (!code) {
        return propagate(code);
    }
    const RecoveryCodeHash hash = code->hash(account);
    std::optional<std::size_t> found;
    for (std::size_t i = 0; i < unused.size(); ++i) {
        if (constant_time_equal(hash, unused[i])) {
            found = i;
        }
    }
    if (!found) {
        return fail(Errc::credentials_wrong, "recovery code");
    }
    return *found;
}

}  // namespace cardea::otp
