// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/assert.h"
#include "cardea/cookies/signed_value.h"

#include <tuple>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace cardea::cookies;
    static const cardea::crypto::Keyring keyring =
        cardea::crypto::Keyring::parse("s3cr3t-key-for-test-vectors-0001").value();
    static const SignedValues signed_values(keyring, "fuzz");
    static const SealedValues sealed_values(keyring, "fuzz");
    static cardea::FakeRandom random;
    constexpr cardea::Time now{std::chrono::seconds(1'700'000'000)};
    const std::string_view text = cardea::as_text({data, size});
    std::ignore = signed_values.verify(text, now);
    std::ignore = sealed_values.open(text, now);
    const cardea::Time end = now + std::chrono::seconds(1);
    if (const auto value = signed_values.sign(text, end)) {
        CARDEA_ASSERT(signed_values.verify(*value, now).value().payload == text);
    }
    if (const auto value = sealed_values.seal(text, end, random)) {
        CARDEA_ASSERT(sealed_values.open(*value, now).value().payload.expose() == text);
    }
    return 0;
}
