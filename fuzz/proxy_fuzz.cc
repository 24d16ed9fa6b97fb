// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/assert.h"
#include "cardea/base/bytes.h"
#include "cardea/http/proxy.h"

#include <tuple>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace cardea::http;
    static const std::vector<Network> trust = {*parse_network("10.0.0.0/8"), *parse_network("fd00::/8")};
    const Address peer = *parse_address("10.0.0.1");
    // What the client writes stands left of what our proxy appends, and cannot change the answer.
    const std::string made_up(cardea::as_text({data, size}));
    const std::string line = made_up + ", 192.0.2.7";
    const Header header{"X-Forwarded-For", line};
    const auto client =
        find_client_address(peer, {&header, 1}, {.header = "X-Forwarded-For", .trust = trust});
    CARDEA_ASSERT(!client || client->to_string() == "192.0.2.7");
    const std::string element = made_up + ", for=\"192.0.2.7\"";
    const Header forwarded{"Forwarded", element};
    const auto named = find_client_address(peer, {&forwarded, 1}, {.header = "Forwarded", .trust = trust});
    CARDEA_ASSERT(!named || named->to_string() == "192.0.2.7");
    std::ignore = parse_network(made_up);
    return 0;
}
