// SPDX-License-Identifier: Apache-2.0
#include "cardea/otp/otp.h"

#include "cardea/base/assert.h"
#include "cardea/crypto/hmac.h"

#include <algorithm>
#include <array>
#include <limits>

namespace cardea::otp {
namespace {

constexpr std::size_t max_digits = 8;

/// The digits of a code, without an allocation; wiped like a secret.
class Digits {
 public:
    Digits(std::uint32_t value, std::size_t size) noexcept : size_(size) {
        for (std::size_t i = size; i > 0; --i, value /= 10) {
            digits_[i - 1] = static_cast<char>('0' + value % 10);
        }
    }
    ~Digits() { wipe(digits_.data(), digits_.size()); }
    Digits(const Digits&) = delete;
    Digits& operator=(const Digits&) = delete;

    [[nodiscard]] std::string_view text() const noexcept { return {digits_.data(), size_}; }

    /// What somebody typed; nullopt unless it is `size` digits with blanks anywhere.
    static std::optional<std::uint32_t> parse(std::string_view typed, std::size_t size) noexcept {
        std::uint32_t value = 0;
        std::size_t count = 0;
        for (const char c : typed) {
            if (c == ' ') {
                continue;
            }
            if (c < '0' || c > '9' || ++count > size) {
                return std::nullopt;
            }
            value = value * 10 + static_cast<std::uint32_t>(c - '0');
        }
        return count == size ? std::optional(value) : std::nullopt;
    }

 private:
    std::array<char, max_digits> digits_{};
    std::size_t size_;
};

/// RFC 4226 section 5.3, with the hash function that RFC 6238 section 1.2 leaves to choose.
Digits compute(const SharedSecret& secret, const CodeFormat& format, std::uint64_t counter) noexcept {
    std::array<std::uint8_t, 8> message{};
    for (std::size_t i = message.size(); i > 0; --i, counter >>= 8) {
        message[i - 1] = static_cast<std::uint8_t>(counter);
    }
    crypto::Digest mac = crypto::hmac(format.algorithm, secret.expose(), message);
    const ByteView bytes = mac.bytes();
    const std::size_t offset = bytes.back() & 15U;
    const std::uint32_t truncated = std::uint32_t{bytes[offset] & 0x7fU} << 24U |
                                    std::uint32_t{bytes[offset + 1]} << 16U |
                                    std::uint32_t{bytes[offset + 2]} << 8U | std::uint32_t{bytes[offset + 3]};
    wipe(mac.bytes().data(), mac.bytes().size());
    constexpr std::array<std::uint32_t, 3> powers{1'000'000, 10'000'000, 100'000'000};
    return {truncated % powers[format.digits - 6], format.digits};
}

bool is_supported(const CodeFormat& format) noexcept {
    return format.digits >= 6 && format.digits <= max_digits &&
           format.algorithm != crypto::HashAlgorithm::sha384;
}

/// The last counter from `first` to `last` that the code belongs to. Every one is computed, so that the time
/// does not tell which it was; the last, so that a code which happens to be two steps' is spent for both.
Result<std::uint64_t> find(
    const Hotp& hotp, std::string_view typed, std::uint64_t first, std::uint64_t last
) {
    const std::optional<std::uint32_t> value = Digits::parse(typed, hotp.format().digits);
    if (!value) {
        return fail(Errc::malformed, "a code has " + std::to_string(hotp.format().digits) + " digits");
    }
    const Digits wanted(*value, hotp.format().digits);
    std::optional<std::uint64_t> found;
    for (std::uint64_t left = last - first + 1; left > 0; --left, ++first) {
        const Digits code = compute(hotp.secret(), hotp.format(), first);
        if (constant_time_equal(as_bytes(code.text()), as_bytes(wanted.text()))) {
            found = first;
        }
    }
    if (!found) {
        return fail(Errc::credentials_wrong, "one-time code");
    }
    return *found;
}

}  // namespace

Result<Hotp> Hotp::make(SharedSecret secret, const CodeFormat& format) {
    if (!is_supported(format)) {
        return fail(
            Errc::unsupported, "codes have 6 to 8 digits and are made with SHA-1, SHA-256 or SHA-512"
        );
    }
    return Hotp(std::move(secret), format);
}

SecretText Hotp::code(std::uint64_t counter) const {
    return SecretText(compute(secret_, format_, counter).text());
}

Result<std::uint64_t> Hotp::verify(std::string_view code, std::uint64_t next, unsigned look_ahead) const {
    CARDEA_ASSERT(look_ahead <= max_window);
    const std::uint64_t room = std::numeric_limits<std::uint64_t>::max() - next;
    return find(*this, code, next, next + std::min<std::uint64_t>(look_ahead, room));
}

Result<Totp> Totp::make(SharedSecret secret, const CodeFormat& format, std::chrono::seconds period) {
    if (period < std::chrono::seconds(1) || period > longest_period) {
        return fail(Errc::unsupported, "a period is 1 second to 24 hours");
    }
    Result<Hotp> hotp = Hotp::make(std::move(secret), format);
    if (!hotp) {
        return propagate(hotp);
    }
    return Totp(std::move(*hotp), period);
}

TimeStep Totp::step_at(Time now) const noexcept {
    return static_cast<TimeStep>(std::max<std::int64_t>(now.time_since_epoch() / period_, 0));
}

Time Totp::end_of(TimeStep step) const noexcept {
    return Time(period_ * static_cast<std::int64_t>(step + 1));
}

Result<TimeStep> Totp::verify(
    std::string_view code, Time now, std::optional<TimeStep> last_accepted, unsigned window
) const {
    CARDEA_ASSERT(window <= max_window);
    const TimeStep step = step_at(now);
    Result<TimeStep> found = find(hotp_, code, step - std::min<TimeStep>(window, step), step + window);
    if (found && last_accepted && *found <= *last_accepted) {
        return fail(Errc::replayed, "one-time code");
    }
    return found;
}

}  // namespace cardea::otp
