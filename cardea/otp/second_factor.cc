// SPDX-License-Identifier: Apache-2.0
#include "cardea/otp/second_factor.h"

#include <cstddef>

namespace cardea::otp {
namespace {

Result<> take_app_code(SecondFactor& factor, std::string_view code, Time now) {
    Result<Totp> totp = Totp::make(factor.secret.clone());
    if (!totp) {
        return propagate(totp);
    }
    Result<TimeStep> step = totp->verify(code, now, factor.last_step);
    if (!step) {
        return propagate(step);
    }
    factor.last_step = *step;
    return {};
}

Result<> take_recovery_code(SecondFactor& factor, std::string_view code) {
    Result<std::size_t> used = verify_recovery_code(code, factor.secret.expose(), factor.recovery_codes);
    if (!used) {
        return propagate(used);
    }
    factor.recovery_codes.erase(factor.recovery_codes.begin() + static_cast<std::ptrdiff_t>(*used));
    return {};
}

}  // namespace

SecondFactor begin_second_factor(Random& random) {
    return {.secret = SharedSecret::make(random), .is_confirmed = false, .last_step{}, .recovery_codes{}};
}

Result<std::vector<RecoveryCode>> confirm_second_factor(
    SecondFactor& factor, std::string_view code, Time now, Random& random
) {
    if (factor.is_confirmed) {
        return fail(Errc::conflict, "second factor: confirmed before");
    }
    if (Result<> taken = take_app_code(factor, code, now); !taken) {
        return propagate(taken);
    }
    factor.is_confirmed = true;
    std::vector<RecoveryCode> codes = make_recovery_codes(random);
    factor.recovery_codes.clear();
    for (const RecoveryCode& recovery : codes) {
        factor.recovery_codes.push_back(recovery.hash(factor.secret.expose()));
    }
    return codes;
}

Result<> take_code(SecondFactor& factor, std::string_view code, Time now) {
    if (factor.is_confirmed && (take_app_code(factor, code, now) || take_recovery_code(factor, code))) {
        return {};
    }
    return fail(Errc::credentials_wrong, "second factor");
}

}  // namespace cardea::otp
