// SPDX-License-Identifier: Apache-2.0
#include "cardea/cookies/django.h"

#include "cardea/base/time_text.h"
#include "cardea/cookies/detail/payload.h"

#include <algorithm>
#include <array>

namespace cardea::cookies {
namespace {

using std::chrono::seconds;

constexpr std::string_view base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr std::size_t max_timestamp_digits = 8;  // 62^8 seconds are seven million years
constexpr PythonJsonStyle compact_ascii{.spacing = PythonJsonStyle::Spacing::compact};

constexpr std::string_view csrf_letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
constexpr std::size_t csrf_size = 32;

std::string encode_timestamp(Time now) {
    std::string digits;
    std::int64_t left =
        std::max<std::int64_t>(0, std::chrono::floor<seconds>(now).time_since_epoch().count());
    do {
        digits += base62[static_cast<std::size_t>(left) % base62.size()];
        left /= static_cast<std::int64_t>(base62.size());
    } while (left > 0);
    std::ranges::reverse(digits);
    return digits;
}

Result<Time> parse_timestamp(std::string_view text) {
    std::int64_t count = 0;
    const bool has_leading_zero = text.size() > 1 && text.front() == '0';
    if (text.empty() || text.size() > max_timestamp_digits || has_leading_zero) {
        return fail(Errc::malformed, "timestamp");
    }
    for (const char c : text) {
        const std::size_t digit = base62.find(c);
        if (digit == std::string_view::npos) {
            return fail(Errc::malformed, "timestamp");
        }
        count = count * static_cast<std::int64_t>(base62.size()) + static_cast<std::int64_t>(digit);
    }
    if (count > last_unix_second) {
        return fail(Errc::malformed, "timestamp");
    }
    return Time(seconds(count));
}

bool is_csrf_secret(std::string_view text) noexcept {
    return text.size() == csrf_size && text.find_first_not_of(csrf_letters) == std::string_view::npos;
}

/// Shifts every letter of `text` by the one of `mask`, forwards or backwards.
std::string shift(std::string_view text, std::string_view mask, bool forwards) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::size_t by = csrf_letters.find(mask[i]);
        const std::size_t steps = forwards ? by : csrf_letters.size() - by;
        out += csrf_letters[(csrf_letters.find(text[i]) + steps) % csrf_letters.size()];
    }
    return out;
}

}  // namespace

DjangoSigning::DjangoSigning(const SecretKeys& secrets, std::string_view salt)
    : signer_(
          secrets,
          {.salt = std::string(salt), .digest = crypto::HashAlgorithm::sha256, .separator = Separator::colon}
      ) {}

std::string DjangoSigning::dumps(const Json& value, Time now) const {
    const std::string payload = detail::encode_payload(to_python_json(value, compact_ascii));
    return signer_.sign(payload + signer_.separator() + encode_timestamp(now));
}

Result<TimedJson> DjangoSigning::loads(std::string_view text, Time now, MaxAge max_age) const {
    Result<ItsdangerousSigner::Stamped> stamped = signer_.unsign_stamped(text);
    if (!stamped) {
        return propagate(stamped);
    }
    Result<Time> signed_at = parse_timestamp(stamped->stamp);
    if (!signed_at) {
        return propagate(signed_at);
    }
    if (max_age && now - *signed_at > *max_age) {
        return fail(Errc::expired, "signed too long ago");
    }
    Result<Json> value = detail::decode_payload(stamped->value);
    if (!value) {
        return propagate(value);
    }
    return TimedJson{std::move(*value), *signed_at};
}

Result<std::string> mask_django_csrf(std::string_view secret, Random& random) {
    if (!is_csrf_secret(secret)) {
        return fail(Errc::invalid, "a CSRF secret is 32 letters and digits");
    }
    std::string mask;
    while (mask.size() < csrf_size) {
        const std::uint8_t byte = random.bytes<1>().front();
        if (byte < 4 * csrf_letters.size()) {  // or the first letters would come more often
            mask += csrf_letters[byte % csrf_letters.size()];
        }
    }
    return mask + shift(secret, mask, true);
}

Result<> verify_django_csrf(std::string_view secret, std::string_view token) {
    if (!is_csrf_secret(secret) || (token.size() != csrf_size && token.size() != 2 * csrf_size) ||
        token.find_first_not_of(csrf_letters) != std::string_view::npos) {
        return fail(Errc::csrf_rejected, "token malformed");
    }
    const std::string plain = token.size() == csrf_size
                                  ? std::string(token)
                                  : shift(token.substr(csrf_size), token.substr(0, csrf_size), false);
    if (!constant_time_equal(as_bytes(plain), as_bytes(secret))) {
        return fail(Errc::csrf_rejected, "token of another session");
    }
    return {};
}

}  // namespace cardea::cookies
