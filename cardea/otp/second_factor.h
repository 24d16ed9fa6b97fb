// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/clock.h"
#include "cardea/base/random.h"
#include "cardea/otp/otp.h"
#include "cardea/otp/recovery_code.h"

#include <optional>
#include <string_view>
#include <vector>

namespace cardea::otp {

/// The second factor of one account, as its row holds it: an authenticator app's secret and recovery codes.
/// It counts once a code of the app was entered, and every code is good once.
///
/// What changes it here is written before anybody is let in, and only if the row is still what was read: of
/// two requests with one code only one gets in.
struct SecondFactor {
    SharedSecret secret;  ///< stored sealed
    bool is_confirmed = false;
    std::optional<TimeStep> last_step;             ///< of the code that was taken last
    std::vector<RecoveryCodeHash> recovery_codes;  ///< the unused ones, bound to the secret
};

/// One that does not count yet: its secret goes into the app as a KeyUri with the usual format and period.
[[nodiscard]] SecondFactor begin_second_factor(Random& random);

/// Takes the first code of the app, which shows that the secret arrived there. Returns the recovery codes, to
/// be shown this once. Errc::conflict when it was confirmed before, otherwise the errors of Totp::verify.
[[nodiscard]] Result<std::vector<RecoveryCode>> confirm_second_factor(
    SecondFactor& factor, std::string_view code, Time now, Random& random
);

/// Takes a code of the app or a recovery code, once. Errc::credentials_wrong when it is neither, was used
/// before, or the factor does not count yet. The guesses are the caller's to limit.
[[nodiscard]] Result<> take_code(SecondFactor& factor, std::string_view code, Time now);

}  // namespace cardea::otp
