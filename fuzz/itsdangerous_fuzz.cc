// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/assert.h"
#include "cardea/cookies/url_safe.h"

#include <tuple>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace cardea::cookies;
    static const SecretKeys secrets = SecretKeys::make("s3cr3t-key-for-test-vectors-0001").value();
    static const ItsdangerousSigner signer(secrets);
    static const TimestampSigner timed(secrets);
    static const UrlSafeSerializer serializer(secrets, {});
    constexpr cardea::Time now{std::chrono::seconds(1'700'000'000)};
    const std::string_view text = cardea::as_text({data, size});
    std::ignore = signer.unsign(text);
    std::ignore = timed.unsign(text, now, std::chrono::seconds(60));
    const std::string own = signer.sign(text);  // what lies behind a signature that is right
    CARDEA_ASSERT(signer.unsign(own).value() == text);
    std::ignore = timed.unsign(own, now, std::chrono::seconds(60));
    if (const auto value = serializer.loads(own)) {
        CARDEA_ASSERT(serializer.loads(serializer.dumps(*value)).value() == *value);
    }
    return 0;
}
