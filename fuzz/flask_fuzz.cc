// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/assert.h"
#include "cardea/cookies/flask.h"

#include <tuple>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace cardea::cookies;
    static const SecretKeys secrets = SecretKeys::make("s3cr3t-key-for-test-vectors-0001").value();
    static const FlaskSession codec(secrets);
    static const TimestampSigner signer(
        secrets, {.salt = "cookie-session", .key_derivation = KeyDerivation::hmac}
    );
    constexpr cardea::Time now{std::chrono::seconds(1'700'000'000)};
    const std::string_view text = cardea::as_text({data, size});
    std::ignore = codec.decode(text, now);
    if (const auto session = codec.decode(signer.sign(text, now), now)) {
        // Names come out sorted, so that only the text of the second round is the same.
        const auto again = codec.encode(session->value, now);
        const auto sorted = codec.decode(*again, now);
        CARDEA_ASSERT(codec.encode(sorted.value().value, now).value() == *again);
    }
    return 0;
}
