// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/clock.h"
#include "cardea/base/json.h"

#include <string>
#include <string_view>
#include <vector>

namespace cardea::jose {

/// The claims of a token that is about to be signed (RFC 7519 section 4), in the order in which they are set:
///
///     Claims().issuer("https://id.example").subject(id).audience("api").expires_at(now +
///     std::chrono::minutes(15))
///
/// Times are written in whole seconds, rounded down.
class Claims {
 public:
    Claims& issuer(std::string iss) { return set("iss", Json(std::move(iss))); }
    Claims& subject(std::string sub) { return set("sub", Json(std::move(sub))); }
    /// One audience is written as text, several as a list.
    Claims& audience(std::string aud) { return set("aud", Json(std::move(aud))); }
    Claims& audience(const std::vector<std::string>& aud);
    Claims& id(std::string jti) { return set("jti", Json(std::move(jti))); }
    Claims& expires_at(Time exp) { return set_time("exp", exp); }
    Claims& not_before(Time nbf) { return set_time("nbf", nbf); }
    Claims& issued_at(Time iat) { return set_time("iat", iat); }
    /// Any claim; the last value of a name counts.
    Claims& set(std::string_view name, Json value);

    /// Claims that are JSON already: an object of at most 64 KiB. Errc::malformed, Errc::too_large.
    [[nodiscard]] static Result<Claims> parse(std::string_view text);

    [[nodiscard]] Json json() const { return Json(members_); }

 private:
    Claims& set_time(std::string_view name, Time time);

    Json::Object members_;
};

/// Which values of a claim a verifier accepts. There is no default: it has to be said.
class Accepted {
 public:
    [[nodiscard]] static Accepted only(std::string value) {
        return Accepted(Kind::listed, {std::move(value)});
    }
    [[nodiscard]] static Accepted one_of(std::vector<std::string> values) {
        return Accepted(Kind::listed, std::move(values));
    }
    /// The claim may not be there.
    [[nodiscard]] static Accepted absent() { return Accepted(Kind::absent, {}); }
    /// Whatever it says, or nothing.
    [[nodiscard]] static Accepted any() { return Accepted(Kind::any, {}); }

    /// Whether the claim (nullptr: absent) is acceptable; of a list, one item must be.
    [[nodiscard]] bool accepts(const Json* claim) const noexcept;
    /// Whether two different values can be acceptable.
    [[nodiscard]] bool accepts_several() const noexcept { return kind_ == Kind::any || values_.size() > 1; }

 private:
    enum class Kind : std::uint8_t { any, absent, listed };

    Accepted(Kind kind, std::vector<std::string> values) noexcept : kind_(kind), values_(std::move(values)) {}

    Kind kind_;
    std::vector<std::string> values_;
};

/// The time in a claim: seconds since 1970 with or without a fraction, until the year 9999. Errc::malformed
/// for every other value, also for a number in quotes.
[[nodiscard]] Result<Time> read_numeric_date(const Json& claim);

}  // namespace cardea::jose
