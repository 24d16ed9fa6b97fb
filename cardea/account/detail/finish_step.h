// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/account/detail/audited.h"
#include "cardea/flow/flow.h"

namespace cardea::account::detail {

/// FlowEngine::finish_step, whose refusals become those of the operation. A failing store is passed on.
[[nodiscard]] inline Task<Result<flow::FlowState>> finish_step(
    const Parts& parts, Audited& audited, flow::FlowState state, flow::Step step, AccountId account
) {
    Result<flow::FlowState> next = co_await parts.flows.finish_step(std::move(state), step, account);
    if (!next && next.error().code != Errc::store_unavailable) {
        const audit::Rule rule =
            step == flow::Step::invitation ? audit::Rule::invitation : audit::Rule::flow_state;
        co_return co_await audited.refuse(next.error().code, rule);
    }
    co_return next;
}

}  // namespace cardea::account::detail
