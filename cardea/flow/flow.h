// SPDX-License-Identifier: Apache-2.0
/// flow: what people do step by step: signing in, registering, changing the password, proving again who they
/// are. One table of states and transitions (flow/table.h), one engine. Knows no passwords, pages or HTTP.
///
/// Invariants: a step is finished only by consuming a one-time value bound to the flow, the state it leaves
/// and the account, so a state is left once, by whichever of its steps (the value of a last step is consumed
/// at the latest in the transaction that writes what the flow earns); the end of a flow is reached only
/// through every step it requires; a finished or expired flow goes nowhere. Before an account is proven
/// nothing is stored: the state travels sealed in a cookie (form_lifetime, federated_flow_lifetime), and only
/// consumption is written.
#pragma once

#include "cardea/base/random.h"
#include "cardea/flow/one_time_store.h"
#include "cardea/flow/table.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cardea::crypto {
class Keyring;
}

namespace cardea::flow {

/// How long there is from the first step to the last.
inline constexpr Duration flow_lifetime = std::chrono::minutes(10);
/// The same for a form before sign-in, which may stand open over night: who fills it in has proven nothing
/// yet that could be misused. Whoever comes later than that begins another flow with the same form.
inline constexpr Duration form_lifetime = std::chrono::hours(24);
/// The same where a provider is asked, which may want a second factor or a new account first.
inline constexpr Duration federated_flow_lifetime = std::chrono::minutes(30);

/// The longest `next` and `subject` that a flow carries; longer ones are left out. Both together, sealed, fit
/// into a cookie.
inline constexpr std::size_t max_carried_text = 1024;

/// What carries a sealed flow to and fro. Sealed for one it is worth nothing as the other: anybody is given
/// a flow cookie, while only an operator makes an invitation.
enum class Carrier : std::uint8_t { cookie, invitation };

/// What a flow begins with.
struct Beginning {
    Flow flow = Flow::sign_in;
    AccountId account;    ///< known already where a session began the flow
    std::string next;     ///< where the person wanted to go: a path that was checked
    std::string subject;  ///< whom it is about: the e-mail key that an invitation is for, or empty
    Duration lifetime = flow_lifetime;
};

/// A flow under way. Only the engine makes and moves one, so holding it proves where it stands.
class FlowState {
 public:
    [[nodiscard]] FlowId id() const noexcept { return id_; }
    [[nodiscard]] const Progress& progress() const noexcept { return progress_; }
    [[nodiscard]] const std::string& next() const noexcept { return next_; }
    [[nodiscard]] const std::string& subject() const noexcept { return subject_; }
    /// What the CSRF token of this flow's forms is bound to.
    [[nodiscard]] std::string csrf_binding() const { return id_.to_string(); }

 private:
    friend class FlowEngine;
    FlowState() = default;

    FlowId id_;
    Progress progress_;
    std::string next_;
    std::string subject_;
};

/// The proof that a flow was finished: every required step was consumed, by this account. Only the engine
/// makes one, and it is handed over once: what issues a session takes a `Completed<Flow::sign_in>` by value.
template <Flow F>
class Completed {
 public:
    Completed(Completed&&) noexcept = default;
    Completed& operator=(Completed&&) noexcept = default;
    Completed(const Completed&) = delete;
    Completed& operator=(const Completed&) = delete;
    ~Completed() = default;

    [[nodiscard]] AccountId account() const noexcept { return account_; }

 private:
    friend class FlowEngine;
    explicit Completed(const FlowState& state) : account_(state.progress().account) {}

    AccountId account_;
};

/// The step that ends a flow, taken and not consumed yet: for an end whose reward is a row in a store, which
/// consumes use() in the transaction that writes the row, so that both happen or neither. Only the engine
/// makes one, and it is handed over once.
template <Flow F>
class LastStep {
 public:
    LastStep(LastStep&&) noexcept = default;
    LastStep& operator=(LastStep&&) noexcept = default;
    LastStep(const LastStep&) = delete;
    LastStep& operator=(const LastStep&) = delete;
    ~LastStep() = default;

    [[nodiscard]] AccountId account() const noexcept { return account_; }
    [[nodiscard]] const OneTimeUse& use() const noexcept { return use_; }

 private:
    friend class FlowEngine;
    LastStep(AccountId account, OneTimeUse use) : account_(account), use_(use) {}

    AccountId account_;
    OneTimeUse use_;
};

/// A step, and whose it is; nil where it concerns none.
struct StepBy {
    Step step{};
    AccountId account;
};

/// Moves flows along the table. Thread-safe.
class FlowEngine {
 public:
    FlowEngine(const crypto::Keyring& keyring, OneTimeStore& used, const Clock& clock, Random& random)
        : keyring_(keyring), used_(used), clock_(clock), random_(random) {}

    [[nodiscard]] FlowState begin(Beginning beginning) const;

    /// The same flow with what its last step found out. Errc::too_large.
    [[nodiscard]] static Result<FlowState> carry(FlowState state, std::string subject);

    /// The text for the cookie, or the code of an invitation.
    [[nodiscard]] std::string seal(const FlowState& state, Carrier carrier) const;

    /// The flow that was sealed, if it is of that kind, came by that carrier and is still alive: else
    /// Errc::malformed, Errc::signature_invalid (another carrier too), Errc::invalid (another kind of flow)
    /// or Errc::expired.
    [[nodiscard]] Result<FlowState> open(std::string_view sealed, Flow expected, Carrier carrier) const;

    /// Consumes the one-time value of this state and moves on; Errc::replayed when it was consumed before,
    /// and the errors of advance(). The caller has checked what the step asks for.
    [[nodiscard]] Task<Result<FlowState>> finish_step(FlowState state, Step step, AccountId account);

    /// The step that ends the flow, for whoever consumes its value together with what it earns: the errors of
    /// advance(), and Errc::invalid when the flow is of another kind or not at its end with this step. The
    /// caller has checked what the step asks for.
    template <Flow F>
    [[nodiscard]] Result<LastStep<F>> take_last_step(const FlowState& state, Step step, AccountId account)
        const {
        Result<TakenStep> taken = take(state, step, account);
        if (!taken) {
            return propagate(taken);
        }
        if (taken->after.flow != F || !is_complete(taken->after)) {
            return fail(Errc::invalid, "the flow is not finished");
        }
        return LastStep<F>(account, taken->use);
    }

    /// All steps from here to the end of the flow, taken and not consumed: their values, for whoever consumes
    /// them in the transaction that writes what they earn, so that a failure there costs nothing. The errors
    /// of advance(), and Errc::invalid when they do not lead to the end. The caller has checked what each
    /// step asks for.
    [[nodiscard]] Result<std::vector<OneTimeUse>> take_to_end(FlowState state, std::span<const StepBy> steps)
        const;

    /// The proof, or Errc::invalid when the flow is of another kind or not at its end.
    template <Flow F>
    [[nodiscard]] static Result<Completed<F>> complete(const FlowState& state) {
        if (state.progress().flow != F || !is_complete(state.progress())) {
            return fail(Errc::invalid, "the flow is not finished");
        }
        return Completed<F>(state);
    }

 private:
    /// Where a step leads, and the one-time value that it costs.
    struct TakenStep {
        Progress after;
        OneTimeUse use;
    };

    [[nodiscard]] Result<TakenStep> take(const FlowState& state, Step step, AccountId account) const;

    const crypto::Keyring& keyring_;
    OneTimeStore& used_;
    const Clock& clock_;
    Random& random_;
};

/// The one-time value of every step out of the state `left`, hashed for the store. `account` is the one the
/// flow belongs to before the step, nil while it belongs to nobody: so a state is left once, whoever comes.
[[nodiscard]] OneTimeHash one_time_hash(FlowId flow, State left, AccountId account);

}  // namespace cardea::flow
