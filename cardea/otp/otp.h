// SPDX-License-Identifier: Apache-2.0
/// otp: one-time passwords for the second factor. HOTP (RFC 4226) counts, TOTP (RFC 6238) goes by the clock;
/// otpauth:// URIs (key_uri.h) and QR codes (qr_code.h) bring a secret into an authenticator app, and
/// recovery codes (recovery_code.h) let people in who lost it; second_factor.h is all of it for one account.
/// Everything is a value or a pure function: the
/// time comes in, and what was accepted goes out for the caller to store, because a code is good once. How
/// many guesses somebody has is the caller's to limit (cardea/ratelimit). Immutable, so thread-safe.
#pragma once

#include "cardea/base/clock.h"
#include "cardea/base/result.h"
#include "cardea/base/secret.h"
#include "cardea/crypto/digest.h"
#include "cardea/otp/shared_secret.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace cardea::otp {

/// How codes look. Other values than the defaults are not understood by every authenticator app.
struct CodeFormat {
    crypto::HashAlgorithm algorithm = crypto::HashAlgorithm::sha1;  ///< or sha256, sha512
    unsigned digits = 6;                                            ///< to 8

    friend bool operator==(const CodeFormat&, const CodeFormat&) = default;
};

/// How far verify() looks beside the counter or time step at hand, at most.
inline constexpr unsigned max_window = 100;

/// HOTP (RFC 4226): each code belongs to a counter.
class Hotp {
 public:
    /// Errc::unsupported for a format outside of the values above.
    [[nodiscard]] static Result<Hotp> make(SharedSecret secret, const CodeFormat& format = {});

    [[nodiscard]] SecretText code(std::uint64_t counter) const;

    /// Which counter the code belongs to, from `next` up to `next + look_ahead` (section 7.4; max_window at
    /// most). Store one more than that as the next, or the code works again. Errc::malformed when it is not
    /// as many digits (blanks are ignored), Errc::credentials_wrong when it is no code of these.
    [[nodiscard]] Result<std::uint64_t> verify(
        std::string_view code, std::uint64_t next, unsigned look_ahead = 0
    ) const;

    [[nodiscard]] const SharedSecret& secret() const noexcept { return secret_; }
    [[nodiscard]] const CodeFormat& format() const noexcept { return format_; }

 private:
    Hotp(SharedSecret secret, const CodeFormat& format) noexcept
        : secret_(std::move(secret)), format_(format) {}

    SharedSecret secret_;
    CodeFormat format_;
};

/// The number of periods since 1970: the T of RFC 6238 section 4.2.
using TimeStep = std::uint64_t;

/// TOTP (RFC 6238): HOTP whose counter is the time.
class Totp {
 public:
    static constexpr std::chrono::seconds usual_period{30};
    static constexpr std::chrono::seconds longest_period = std::chrono::hours(24);

    /// Errc::unsupported for a format outside of its values, and for a period outside of 1 s to
    /// longest_period.
    [[nodiscard]] static Result<Totp> make(
        SharedSecret secret, const CodeFormat& format = {}, std::chrono::seconds period = usual_period
    );

    /// The step that a moment lies in; moments before 1970 count as 1970.
    [[nodiscard]] TimeStep step_at(Time now) const noexcept;
    /// When a step ends.
    [[nodiscard]] Time end_of(TimeStep step) const noexcept;

    [[nodiscard]] SecretText code(Time now) const { return hotp_.code(step_at(now)); }

    /// Which step the code belongs to, up to `window` steps before and after now (section 5.2: one for clocks
    /// that differ and codes typed late; max_window at most). Store it, in the same step that lets the person
    /// in and only if it is later than what is stored, and give it as `last_accepted` the next time: a code
    /// of that step or an earlier one is Errc::replayed. Errc::malformed and Errc::credentials_wrong as in
    /// Hotp::verify. Tell people the same for all three.
    [[nodiscard]] Result<TimeStep> verify(
        std::string_view code, Time now, std::optional<TimeStep> last_accepted, unsigned window = 1
    ) const;

    [[nodiscard]] const SharedSecret& secret() const noexcept { return hotp_.secret(); }
    [[nodiscard]] const CodeFormat& format() const noexcept { return hotp_.format(); }
    [[nodiscard]] std::chrono::seconds period() const noexcept { return period_; }

 private:
    Totp(Hotp hotp, std::chrono::seconds period) noexcept : hotp_(std::move(hotp)), period_(period) {}

    Hotp hotp_;
    std::chrono::seconds period_;
};

}  // namespace cardea::otp
