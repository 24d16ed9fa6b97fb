// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"
#include "cardea/base/secret.h"
#include "cardea/password/password.h"

#include <array>
#include <cstdint>
#include <string_view>

namespace cardea::password {

/// One question to a range service of breached passwords (Have I Been Pwned, version 3): which hashes begin
/// like that of this password? What is sent are five of its forty hexadecimal digits of SHA-1, which some
/// thousand passwords of every list share. No network: a URL goes out by prefix(), the answer comes in.
class BreachQuery {
 public:
    explicit BreachQuery(const Password& password);

    /// What is sent: five upper-case digits.
    [[nodiscard]] std::string_view prefix() const noexcept { return {prefix_.data(), prefix_.size()}; }

    /// How often the password stands in breaches by this answer, lines of `SUFFIX:COUNT`; 0 when it does not,
    /// also for the padding that services put in. Errc::malformed when the answer is no such list.
    [[nodiscard]] Result<std::uint64_t> count_in(std::string_view answer) const;

 private:
    std::array<char, 5> prefix_{};
    SecretBytes<35> suffix_;  // digits
};

}  // namespace cardea::password
