// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/assert.h"
#include "cardea/password/breach_query.h"

using namespace cardea::password;

// What a range service may answer. What is counted stands there.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const BreachQuery query(Password::parse("password").value());
    const std::string_view answer = cardea::as_text(cardea::ByteView(data, size));
    const auto count = query.count_in(answer);
    CARDEA_ASSERT(!count || *count == 0 || answer.contains("1E4C9B93F3F0682250B6CF8331B7EE68FD8:"));
    return 0;
}
