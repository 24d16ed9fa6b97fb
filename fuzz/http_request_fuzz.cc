// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/assert.h"
#include "cardea/base/bytes.h"
#include "cardea/net/detail/request_reader.h"

#include <algorithm>
#include <string>

namespace {

using namespace cardea::net;
using Step = detail::RequestReader::Step;

/// Everything that a service would see, and whether a refusal ends it, as one text.
std::string read(std::string_view bytes, std::size_t piece) {
    const Limits limits{.request_line_bytes = 200, .head_bytes = 400, .header_count = 8, .body_bytes = 100};
    const AllowedHosts hosts;
    static detail::BlockPool blocks(detail::RequestReader::block_bytes(limits));
    detail::BufferBudget budget(limits.buffered_bytes);
    detail::RequestReader reader(limits, hosts, blocks, budget);
    std::string seen;
    Step step = Step::read;
    while (!bytes.empty() && step != Step::refused) {
        const std::span<char> room = reader.room();
        const std::size_t size = std::min({room.size(), bytes.size(), piece});
        std::copy_n(bytes.begin(), size, room.begin());
        bytes.remove_prefix(size);
        reader.received(size);
        for (step = reader.next(); step == Step::request || step == Step::send_continue;
             step = reader.next()) {
            if (step == Step::send_continue) {
                continue;  // depends on how the bytes are cut, rightly
            }
            const cardea::http::Request& request = reader.request();
            seen.append(request.path).append("?").append(request.query).append("@").append(request.host);
            seen.append(" ").append(request.body).append("\n");
            CARDEA_ASSERT(request.body.size() <= limits.body_bytes);
            CARDEA_ASSERT(request.headers.size() <= limits.header_count);
            CARDEA_ASSERT(request.target.starts_with('/') || request.target == "*");
        }
    }
    return step == Step::refused ? seen.append("refused") : seen;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes = cardea::as_text({data, size});
    const std::size_t piece = size == 0 ? 1 : 1 + data[size - 1] % 7;
    CARDEA_ASSERT(read(bytes, 10'000) == read(bytes, piece));
    return 0;
}
