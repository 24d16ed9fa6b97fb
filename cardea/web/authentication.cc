// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/authentication.h"

#include "cardea/web/detail/authenticator.h"
#include "cardea/web/detail/request_access.h"

#include <algorithm>
#include <iterator>

namespace cardea::web {

using detail::RequestAccess;

Result<> AuthenticationBackend::start(Setup& /*setup*/) {
    return {};
}

std::optional<Result<Authenticated>> AuthenticationBackend::authenticate_at_once(Request& /*request*/) {
    return std::nullopt;
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
        RequestAccess::set_challenge(request, challenge_);
        AuthenticationBackend* const backend = find(request);
        if (backend == nullptr || refuse_second_credential(request)) {
            return true;
        }
        std::optional<Result<Authenticated>> found = backend->authenticate_at_once(request);
        if (found) {
            take(request, *backend, std::move(*found));
        }
        return found.has_value();
    }

    [[nodiscard]] Task<> prepare(Request& request) override {
        AuthenticationBackend& backend = *find(request);
        Result<Authenticated> found = co_await backend.authenticate(request);
        take(request, backend, std::move(found));
    }

    [[nodiscard]] Task<> maintain() override {
        for (const auto& backend : backends_) {
            co_await backend->maintain();
        }
    }

 private:
    static void take(Request& request, const AuthenticationBackend& backend, Result<Authenticated> found) {
        if (found) {
            RequestAccess::set_user(
                request, std::make_shared<const User>(std::move(found->user)), found->transport
            );
        } else if (found.error().code == Errc::unauthenticated) {
            RequestAccess::refuse_credential(request, refusal(std::move(found).error(), backend.challenge()));
        } else {
            RequestAccess::fail_credential(request, std::move(found).error());
        }
    }

    [[nodiscard]] AuthenticationBackend* find(const Request& request) const {
        const auto found = std::ranges::find_if(backends_, [&](const auto& backend) {
            return backend->has_credential(request);
        });
        return found != backends_.end() ? found->get() : nullptr;
    }

    /// Whether somebody else than find()'s backend could speak for the request.
    [[nodiscard]] bool refuse_second_credential(Request& request) const {
        const auto count = std::ranges::count_if(backends_, [&](const auto& backend) {
            return backend->has_credential(request);
        });
        const bool is_second = count > 1 || request.user() != nullptr || request.refused_credential();
        if (is_second) {
            RequestAccess::fail_credential(request, {Errc::ambiguous_credentials, "two credentials", {}, {}});
        }
        return is_second;
    }

    Backends backends_;
    std::string challenge_;  ///< of all backends together
};

}  // namespace

std::unique_ptr<Middleware> authentication(std::vector<std::shared_ptr<AuthenticationBackend>> backends) {
    return std::make_unique<Authentication>(std::move(backends));
}

}  // namespace cardea::web
