// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/assert.h"
#include "cardea/cookies/flask_wtf.h"

#include <tuple>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace cardea::cookies;
    static const SecretKeys secrets = SecretKeys::make("s3cr3t-key-for-test-vectors-0001").value();
    static const FlaskWtfToken tokens(secrets);
    static const TimestampSigner signer(secrets, {.salt = "wtf-csrf-token"});
    constexpr cardea::Time now{std::chrono::seconds(1'700'000'000)};
    const std::string_view text = cardea::as_text({data, size});
    std::ignore = tokens.verify("value", text, now);
    std::ignore = tokens.verify("value", signer.sign(text, now), now);
    const std::string token = tokens.make(text, now);
    CARDEA_ASSERT(size == 0 || !tokens.verify("another value", token, now) || text == "another value");
    return 0;
}
