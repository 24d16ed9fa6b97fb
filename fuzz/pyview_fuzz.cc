// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/assert.h"
#include "cardea/cookies/pyview.h"

#include <tuple>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace cardea::cookies;
    static const SecretKeys secrets = SecretKeys::make("s3cr3t-key-for-test-vectors-0001").value();
    static const PyviewTokens tokens(secrets);
    static const ItsdangerousSigner sessions(secrets, {.salt = "pyview-session"});
    static const TimestampSigner csrf(secrets, {.salt = "pyview-csrf-token"});
    constexpr cardea::Time now{std::chrono::seconds(1'700'000'000)};
    const std::string_view text = cardea::as_text({data, size});
    std::ignore = tokens.decode_session(text);
    std::ignore = tokens.verify_csrf("lv:phx-1", text, now);
    std::ignore = tokens.verify_csrf("lv:phx-1", csrf.sign(text, now), now);
    if (const auto session = tokens.decode_session(sessions.sign(text))) {
        CARDEA_ASSERT(tokens.decode_session(*tokens.encode_session(*session)).value() == *session);
    }
    return 0;
}
