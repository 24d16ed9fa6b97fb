// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/authentication.h"

#include "cardea/web/detail/authenticator.h"

#include <algorithm>
#include <iterator>

namespace cardea::web {

Result<> AuthenticationBackend::start(Setup& /*setup*/) {
    return {};
}

Task<> AuthenticationBackend::maintain() {
    co_return;
}

namespace {

using Backends = std::vector<std::shared_ptr<AuthenticationBackend>>;

Problem refusal(Error error, Challenge challenge) {
    Problem problem(std::move(error));
    problem.detail = std::move(challenge.sentence);
    problem.challenge = std::move(challenge.refused);
    return problem;
}

class Authentication final : public detail::Authenticator {
 public:
    explicit Authentication(Backends backends)
        : Authenticator(Phase::authentication), backends_(std::move(backends)) {}

    [[nodiscard]] std::vector<SecurityScheme> security_schemes() const override {
        std::vector<SecurityScheme> schemes;
        for (const auto& backend : backends_) {
            std::ranges::move(backend->security_schemes(), std::back_inserter(schemes));
        }
        return schemes;
    }

    [[nodiscard]] Result<> start(Setup& setup) override {
        for (const auto& backend : backends_) {
            if (Result<> started = backend->start(setup); !started) {
                return propagate(started);
            }
            challenge_.append(challenge_.empty() ? "" : ", ").append(backend->challenge().header);
        }
        return {};
    }

    [[nodiscard]] bool prepare_at_once(Request& request) override {
        if (request.route().is_anonymous()) {
            return true;
        }
        request.challenge(challenge_);
        return find(request) == nullptr;
    }

    [[nodiscard]] Task<> prepare(Request& request) override {
        AuthenticationBackend& backend = *find(request);
        if (is_second_credential(request)) {
            request.credential_error({Errc::ambiguous_credentials, "two credentials", {}, {}});
            co_return;
        }
        Result<Authenticated> found = co_await backend.authenticate(request);
        if (found) {
            request.user(std::make_shared<const User>(std::move(found->user)), found->transport);
        } else if (found.error().code == Errc::unauthenticated) {
            request.refused_credential(refusal(std::move(found).error(), backend.challenge()));
        } else {
            request.credential_error(std::move(found).error());
        }
    }

    [[nodiscard]] Task<> maintain() override {
        for (const auto& backend : backends_) {
            co_await backend->maintain();
        }
    }

 private:
    [[nodiscard]] AuthenticationBackend* find(const Request& request) const {
        const auto found = std::ranges::find_if(backends_, [&](const auto& backend) {
            return backend->has_credential(request);
        });
        return found != backends_.end() ? found->get() : nullptr;
    }

    /// Whether somebody else than find()'s backend could speak for the request.
    [[nodiscard]] bool is_second_credential(const Request& request) const {
        const auto count = std::ranges::count_if(backends_, [&](const auto& backend) {
            return backend->has_credential(request);
        });
        return count > 1 || request.user() != nullptr || request.refused_credential();
    }

    Backends backends_;
    std::string challenge_;  ///< of all backends together
};

}  // namespace

std::unique_ptr<Middleware> authentication(std::vector<std::shared_ptr<AuthenticationBackend>> backends) {
    return std::make_unique<Authentication>(std::move(backends));
}

}  // namespace cardea::web
