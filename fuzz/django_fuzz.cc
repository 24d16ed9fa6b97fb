// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/assert.h"
#include "cardea/cookies/django.h"

#include <tuple>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace cardea::cookies;
    static const SecretKeys secrets = SecretKeys::make("s3cr3t-key-for-test-vectors-0001").value();
    static const DjangoSigning codec(secrets);
    static const ItsdangerousSigner signer(
        secrets,
        {.salt = std::string(DjangoSigning::default_salt),
         .digest = cardea::crypto::HashAlgorithm::sha256,
         .separator = Separator::colon}
    );
    static cardea::FakeRandom random;
    constexpr cardea::Time now{std::chrono::seconds(1'700'000'000)};
    const std::string_view text = cardea::as_text({data, size});
    std::ignore = codec.loads(text, now, std::chrono::seconds(60));
    if (const auto value = codec.loads(signer.sign(text), now, {})) {
        CARDEA_ASSERT(codec.loads(codec.dumps(value->value, now), now, {}).value().value == value->value);
    }
    std::ignore = verify_django_csrf("abcdefghijklmnopqrstuvwxyzABCDEF", text);
    if (const auto token = mask_django_csrf(text, random)) {
        CARDEA_ASSERT(verify_django_csrf(text, *token).has_value());
    }
    return 0;
}
