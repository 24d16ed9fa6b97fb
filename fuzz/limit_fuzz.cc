// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/assert.h"
#include "cardea/base/bytes.h"
#include "cardea/ratelimit/quota.h"

#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace cardea::ratelimit;
    const auto quota = Quota::parse(cardea::as_text({data, size}));
    if (!quota) {
        return 0;
    }
    for (const Limit& limit : quota->limits()) {
        const auto again = parse_limits(to_string(limit));
        CARDEA_ASSERT(again && *again == std::vector{limit});
    }
    std::vector<std::int64_t> state(quota->state_size());
    const auto decision = quota->take(state, cardea::Time(std::chrono::seconds(1'700'000'000)));
    CARDEA_ASSERT(decision.allowed == (quota->limits()[decision.limit].count > 0));
    return 0;
}
