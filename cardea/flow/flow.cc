// SPDX-License-Identifier: Apache-2.0
#include "cardea/flow/flow.h"

#include "cardea/crypto/canonical.h"
#include "cardea/crypto/keyring.h"
#include "cardea/crypto/sha256.h"
#include "cardea/flow/detail/flow_state_text.h"

namespace cardea::flow {
namespace {

constexpr crypto::Purpose flow_purpose("flow");

/// What the seal is bound to.
ByteView context_of(Carrier carrier) noexcept {
    return as_bytes(std::string_view(carrier == Carrier::cookie ? "cookie" : "invitation"));
}

std::string carried(std::string text) {
    return text.size() <= max_carried_text ? std::move(text) : std::string();
}

}  // namespace

OneTimeHash one_time_hash(FlowId flow, State left, AccountId account) {
    const crypto::Canonical value =
        crypto::Canonical().add("one-time").add(flow).add(name(left)).add(account);
    return crypto::sha256(value.bytes());
}

FlowState FlowEngine::begin(Beginning beginning) const {
    FlowState state;
    state.id_ = FlowId::make(random_);
    state.progress_.flow = beginning.flow;
    state.progress_.account = beginning.account;
    state.progress_.expires_at = clock_.now() + beginning.lifetime;
    state.next_ = carried(std::move(beginning.next));
    state.subject_ = carried(std::move(beginning.subject));
    return state;
}

Result<FlowState> FlowEngine::carry(FlowState state, std::string subject) {
    if (subject.size() > max_carried_text) {
        return fail(Errc::too_large, "what a flow carries");
    }
    state.subject_ = std::move(subject);
    return state;
}

std::string FlowEngine::seal(const FlowState& state, Carrier carrier) const {
    const detail::FlowStateText text{state.id(), state.progress(), state.next(), state.subject()};
    return keyring_.seal(flow_purpose, detail::encode(text), context_of(carrier), random_);
}

Result<FlowState> FlowEngine::open(std::string_view sealed, Flow expected, Carrier carrier) const {
    Result<SecretText> opened = keyring_.open(flow_purpose, sealed, context_of(carrier));
    if (!opened) {
        return propagate(opened);
    }
    Result<detail::FlowStateText> text = detail::decode(as_bytes(opened->expose()));
    if (!text) {
        return propagate(text);
    }
    if (text->progress.flow != expected) {
        return fail(Errc::invalid, "a flow of another kind");
    }
    if (clock_.now() >= text->progress.expires_at) {
        return fail(Errc::expired, "flow");
    }
    FlowState state;
    state.id_ = text->id;
    state.progress_ = text->progress;
    state.next_ = std::move(text->next);
    state.subject_ = std::move(text->subject);
    return state;
}

Result<FlowEngine::TakenStep> FlowEngine::take(const FlowState& state, Step step, AccountId account) const {
    Result<Progress> after = advance(state.progress_, step, account, clock_.now());
    if (!after) {
        return propagate(after);
    }
    const OneTimeHash value = one_time_hash(state.id_, state.progress_.state, state.progress_.account);
    return TakenStep{*after, {value, state.progress_.expires_at}};
}

Result<std::vector<OneTimeUse>> FlowEngine::take_to_end(FlowState state, std::span<const StepBy> steps)
    const {
    std::vector<OneTimeUse> uses;
    for (const StepBy& by : steps) {
        Result<TakenStep> taken = take(state, by.step, by.account);
        if (!taken) {
            return propagate(taken);
        }
        uses.push_back(taken->use);
        state.progress_ = taken->after;
    }
    if (!is_complete(state.progress_)) {
        return fail(Errc::invalid, "the flow is not finished");
    }
    return uses;
}

Task<Result<FlowState>> FlowEngine::finish_step(FlowState state, Step step, AccountId account) {
    Result<TakenStep> taken = take(state, step, account);
    if (!taken) {
        co_return propagate(taken);
    }
    Result<bool> first_time = co_await used_.consume(taken->use.hash, taken->use.expires_at);
    if (!first_time) {
        co_return propagate(first_time);
    }
    if (!*first_time) {
        co_return fail(Errc::replayed, "flow step");
    }
    state.progress_ = taken->after;
    co_return state;
}

}  // namespace cardea::flow
