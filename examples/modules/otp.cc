// SPDX-License-Identifier: Apache-2.0
#include "cardea/otp/otp.h"

#include "cardea/otp/key_uri.h"
#include "cardea/otp/qr_code.h"
#include "cardea/otp/recovery_code.h"
#include "cardea/otp/second_factor.h"

#include <algorithm>
#include <iostream>

namespace otp = cardea::otp;

int main() {
    cardea::SystemRandom random;
    cardea::SystemClock clock;

    // [factor]
    // A row of the account's own. It counts once a code of the app was entered.
    otp::SecondFactor factor = otp::begin_second_factor(random);
    const otp::KeyUri app{.issuer = "Example", .account = "ada@example.com", .secret = factor.secret.clone()};
    std::cout << otp::QrCode::make(otp::make_key_uri(app)->expose())->terminal().expose();

    const auto first = otp::Totp::make(factor.secret.clone())->code(clock.now());  // what the app shows
    const auto paper = otp::confirm_second_factor(factor, first.expose(), clock.now(), random);
    for (const otp::RecoveryCode& code : *paper) {
        std::cout << code.text().expose() << "\n";  // shown this once
    }

    // At each sign-in: a code of the app, or one from paper. The row is written before anybody is let in.
    if (!otp::take_code(factor, paper->at(2).text().expose(), clock.now())) {
        return 1;
    }
    // [/factor]
    if (otp::take_code(factor, first.expose(), clock.now()) || factor.recovery_codes.size() != 9) {
        return 1;
    }

    // [enrol]
    // Once: a secret of the account's own, shown as a QR code on the person's page.
    const auto secret = otp::SharedSecret::make(random);
    const otp::KeyUri key{.issuer = "Example", .account = "ada@example.com", .secret = secret.clone()};
    const auto uri = otp::make_key_uri(key);
    if (!uri) {
        return 1;
    }
    std::cout << otp::QrCode::make(uri->expose())->terminal().expose();
    // [/enrol]

    // [verify]
    // At each sign-in: the code that was typed, and the step that was accepted last.
    std::optional<otp::TimeStep> last_accepted;  // of the account's row
    const auto totp = otp::Totp::make(secret.clone());
    const auto typed = totp->code(clock.now());
    const auto accepted = totp->verify(typed.expose(), clock.now(), last_accepted);
    if (!accepted) {
        return 1;
    }
    last_accepted = *accepted;  // stored before anybody is let in
    // [/verify]

    const auto again = totp->verify(typed.expose(), clock.now(), last_accepted);
    if (again || again.error().code != cardea::Errc::replayed) {
        return 1;
    }

    // [recovery]
    // Ten codes for a lost phone: shown now, stored as hashes, each removed when it is used.
    const auto account = cardea::as_bytes("0192e4a1-ada");  // the account's id
    std::vector<otp::RecoveryCodeHash> stored;
    const auto codes = otp::make_recovery_codes(random);
    for (const auto& code : codes) {
        std::cout << code.text().expose() << "\n";
        stored.push_back(code.hash(account));
    }
    const auto used = otp::verify_recovery_code(codes[2].text().expose(), account, stored);
    if (!used) {
        return 1;
    }
    stored.erase(stored.begin() + static_cast<std::ptrdiff_t>(*used));
    // [/recovery]

    return otp::verify_recovery_code(codes[2].text().expose(), account, stored) ? 1 : 0;
}
