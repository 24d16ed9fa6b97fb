// SPDX-License-Identifier: Apache-2.0
#include "cardea/flow/table.h"

#include <algorithm>

namespace cardea::flow {
namespace {

/// Follows every way through the table from `state` on; true when each of them that ends has done what its
/// flow requires. Never loops: a step is done at most once.
constexpr bool every_end_is_earned(Flow flow, State state, Steps done, Steps required) {
    if (state == State::finished && !done.contains(required)) {
        return false;
    }
    for (const Transition& row : transitions) {
        const bool open = row.flow == flow && row.from == state && !done.contains(steps(row.step));
        if (open && !every_end_is_earned(flow, row.to, done.with(row.step), required)) {
            return false;
        }
    }
    return true;
}

constexpr bool is_sound() {
    for (const Transition& row : transitions) {
        if (row.from == State::finished) {
            return false;
        }
    }
    for (const Requirement& requirement : requirements) {
        if (!every_end_is_earned(requirement.flow, State::begun, {}, requirement.steps)) {
            return false;
        }
    }
    return true;
}

static_assert(is_sound(), "the table has a way to the end of a flow that leaves out a required step");

const Transition* find_transition(Flow flow, State from, Step step) {
    for (const Transition& row : transitions) {
        if (row.flow == flow && row.from == from && row.step == step) {
            return &row;
        }
    }
    return nullptr;
}

}  // namespace

Result<Progress> advance(const Progress& progress, Step step, AccountId account, Time now) {
    if (now >= progress.expires_at) {
        return fail(Errc::expired, "flow");
    }
    if (progress.state == State::finished || progress.done.contains(steps(step))) {
        return fail(Errc::replayed, "flow step");
    }
    if (!progress.account.is_nil() && account != progress.account) {
        return fail(Errc::forbidden, "the flow belongs to another account");
    }
    const Transition* row = find_transition(progress.flow, progress.state, step);
    if (row == nullptr) {
        return fail(Errc::invalid, "no such step here");
    }
    return Progress{progress.flow, row->to, progress.done.with(step), account, progress.expires_at};
}

bool is_complete(const Progress& progress) noexcept {
    return progress.state == State::finished && progress.done.contains(required_steps(progress.flow)) &&
           !progress.account.is_nil();
}

Steps required_steps(Flow flow) noexcept {
    const auto* row =
        std::ranges::find_if(requirements, [flow](const Requirement& r) { return r.flow == flow; });
    return row == requirements.end() ? Steps(0xff) : row->steps;
}

std::string_view name(Flow flow) noexcept {
    switch (flow) {
        case Flow::sign_in:
            return "sign_in";
        case Flow::registration:
            return "registration";
        case Flow::invited_registration:
            return "invited_registration";
        case Flow::password_change:
            return "password_change";
        case Flow::step_up:
            return "step_up";
        case Flow::federated_sign_in:
            return "federated_sign_in";
        case Flow::identity_linking:
            return "identity_linking";
    }
    return "unknown";
}

std::string_view name(Step step) noexcept {
    switch (step) {
        case Step::invitation:
            return "invitation";
        case Step::new_account:
            return "new_account";
        case Step::password:
            return "password";
        case Step::new_password:
            return "new_password";
        case Step::provider:
            return "provider";
        case Step::linked_identity:
            return "linked_identity";
    }
    return "unknown";
}

std::string_view name(State state) noexcept {
    switch (state) {
        case State::begun:
            return "begun";
        case State::invited:
            return "invited";
        case State::password_proven:
            return "password_proven";
        case State::finished:
            return "finished";
        case State::identity_proven:
            return "identity_proven";
    }
    return "unknown";
}

}  // namespace cardea::flow
