// SPDX-License-Identifier: Apache-2.0
#include "cardea/otp/otp.h"

#include "cardea/otp/key_uri.h"
#include "cardea/otp/qr_code.h"
#include "cardea/otp/recovery_code.h"

#include <algorithm>
#include <iostream>

namespace otp = cardea::otp;

int main() {
    cardea::SystemRandom random;
    cardea::SystemClock clock;

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
