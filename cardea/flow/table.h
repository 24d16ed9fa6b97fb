// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/clock.h"
#include "cardea/base/id.h"
#include "cardea/base/result.h"

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace cardea::flow {

/// What a person is doing.
enum class Flow : std::uint8_t {
    sign_in,
    registration,
    invited_registration,
    password_change,
    step_up,
    federated_sign_in,  ///< "sign in with ...", and proving again that way who is there
    identity_linking,   ///< another way in for an account that is signed in
};

/// What a person must do on the way. Finishing one consumes a one-time value.
enum class Step : std::uint8_t {
    invitation,
    new_account,
    password,
    new_password,
    provider,         ///< the browser came back from a provider that says who it is
    linked_identity,  ///< the account is the one that this identity is linked to
};

/// Where a flow stands.
enum class State : std::uint8_t { begun, invited, password_proven, finished, identity_proven };

/// A set of steps.
class Steps {
 public:
    constexpr Steps() noexcept = default;
    constexpr explicit Steps(std::uint8_t bits) noexcept : bits_(bits) {}
    [[nodiscard]] constexpr Steps with(Step step) const noexcept {
        return Steps(static_cast<std::uint8_t>(bits_ | (1U << static_cast<unsigned>(step))));
    }
    [[nodiscard]] constexpr bool contains(Steps others) const noexcept {
        return (bits_ & others.bits_) == others.bits_;
    }
    [[nodiscard]] constexpr std::uint8_t bits() const noexcept { return bits_; }
    friend constexpr bool operator==(Steps, Steps) = default;

 private:
    std::uint8_t bits_ = 0;
};

/// The set of these steps.
[[nodiscard]] constexpr Steps steps() noexcept {
    return {};
}
template <class... More>
[[nodiscard]] constexpr Steps steps(Step first, More... more) noexcept {
    return steps(more...).with(first);
}

/// "In `flow` at `from`, finishing `step` leads to `to`."
struct Transition {
    Flow flow;
    State from;
    Step step;
    State to;
};

/// "`flow` is finished only when all of `steps` were consumed."
struct Requirement {
    Flow flow;
    Steps steps;
};

/// Every way through every flow. A second factor, a reset, a verification is another row here.
inline constexpr std::array transitions{
    Transition{Flow::sign_in, State::begun, Step::password, State::finished},
    Transition{Flow::registration, State::begun, Step::new_account, State::finished},
    Transition{Flow::invited_registration, State::begun, Step::invitation, State::invited},
    Transition{Flow::invited_registration, State::invited, Step::new_account, State::finished},
    Transition{Flow::password_change, State::begun, Step::password, State::password_proven},
    Transition{Flow::password_change, State::password_proven, Step::new_password, State::finished},
    Transition{Flow::step_up, State::begun, Step::password, State::finished},
    Transition{Flow::federated_sign_in, State::begun, Step::provider, State::identity_proven},
    Transition{Flow::federated_sign_in, State::identity_proven, Step::linked_identity, State::finished},
    Transition{Flow::federated_sign_in, State::identity_proven, Step::password, State::finished},
    Transition{Flow::federated_sign_in, State::identity_proven, Step::new_account, State::finished},
    Transition{Flow::identity_linking, State::begun, Step::provider, State::finished},
};

/// What each flow cannot do without. Said apart from the transitions, so that a row added above by mistake
/// does not compile.
inline constexpr std::array requirements{
    Requirement{Flow::sign_in, steps(Step::password)},
    Requirement{Flow::registration, steps(Step::new_account)},
    Requirement{Flow::invited_registration, steps(Step::invitation, Step::new_account)},
    Requirement{Flow::password_change, steps(Step::password, Step::new_password)},
    Requirement{Flow::step_up, steps(Step::password)},
    Requirement{Flow::federated_sign_in, steps(Step::provider)},
    Requirement{Flow::identity_linking, steps(Step::provider)},
};

/// How far a flow has come. `account` is nil until a step names it.
struct Progress {
    Flow flow = Flow::sign_in;
    State state = State::begun;
    Steps done;
    AccountId account;
    Time expires_at;
    friend bool operator==(const Progress&, const Progress&) = default;
};

/// The progress after `step` was finished by `account` (nil where the step concerns none), or why it may not
/// be: Errc::expired, Errc::replayed (a finished flow or step), Errc::forbidden (another account's flow),
/// Errc::invalid (no such way).
[[nodiscard]] Result<Progress> advance(const Progress& progress, Step step, AccountId account, Time now);

/// Whether the flow came to its end by all the steps that it requires.
[[nodiscard]] bool is_complete(const Progress& progress) noexcept;

/// The steps without which no one gets to the end of `flow`.
[[nodiscard]] Steps required_steps(Flow flow) noexcept;

/// "sign_in", "password".
[[nodiscard]] std::string_view name(Flow flow) noexcept;
[[nodiscard]] std::string_view name(Step step) noexcept;
/// "begun": part of one-time values, so a name never changes.
[[nodiscard]] std::string_view name(State state) noexcept;

}  // namespace cardea::flow
