// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/assert.h"
#include "cardea/base/bytes.h"
#include "cardea/net/detail/request_reader.h"
#include "cardea/web/app.h"
#include "tests/support/run_task.h"

#include <algorithm>
#include <optional>

/// From HTTP bytes to an App, for fuzzers.
namespace cardea::fuzzing {

/// Hands each request in the bytes, as the engine reads them, to `answer`.
template <class Answer>
void for_each_request(ByteView data, Answer answer) {
    using Step = net::detail::RequestReader::Step;
    const net::Limits limits{.body_bytes = 10'000};
    const net::AllowedHosts hosts;
    static net::detail::BlockPool blocks(net::detail::RequestReader::block_bytes(limits));
    net::detail::BufferBudget budget(limits.buffered_bytes);
    net::detail::RequestReader reader(limits, hosts, blocks, budget);
    std::string_view bytes = as_text(data);
    Step step = Step::read;
    while (!bytes.empty() && step != Step::refused) {
        const std::span<char> room = reader.room();
        const std::size_t taken = std::min(room.size(), bytes.size());
        std::copy_n(bytes.begin(), taken, room.begin());
        bytes.remove_prefix(taken);
        reader.received(taken);
        for (step = reader.next(); step == Step::request || step == Step::send_continue;
             step = reader.next()) {
            if (step == Step::request) {
                answer(reader.request());
            }
        }
    }
}

/// What must hold of every answer: no input is our mistake, and none goes without our headers.
inline void answer(web::App& app, const http::Request& request) {
    std::optional<http::Response> response = app.answer_at_once(request);
    if (!response) {
        response = testing::run(app.answer(request));
    }
    CARDEA_ASSERT(response->status() < http::Status::internal_server_error);
    CARDEA_ASSERT(!response->header("X-Content-Type-Options").empty());
}

}  // namespace cardea::fuzzing
