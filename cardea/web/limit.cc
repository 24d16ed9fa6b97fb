// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/limit.h"

#include "cardea/base/late.h"
#include "cardea/ratelimit/headers.h"
#include "cardea/ratelimit/memory_limiter.h"
#include "cardea/web/detail/client_key.h"
#include "cardea/web/detail/request_access.h"
#include "cardea/web/request.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace cardea::web {
namespace {

using detail::RequestAccess;

constexpr std::size_t keys_in_memory = 65'536;
constexpr std::string_view quota_name = "default";

/// A form that lacks a field (422) is no guess, and what the program could not do (5xx) is not the client's.
bool is_failure(http::Status status) noexcept {
    const auto number = std::to_underlying(status);
    return number >= 400 && number < 500 && status != http::Status::unprocessable_content;
}

/// Whose try this is.
std::vector<std::string> keys_of(const Request& request, LimitBy by) {
    const User* user = by != LimitBy::address ? request.user() : nullptr;
    std::vector<std::string> keys;
    if (user != nullptr) {
        keys.push_back(ratelimit::make_key("user", user->id));
    }
    if (user == nullptr || by == LimitBy::address_and_user) {
        keys.push_back(detail::client_key(request.client_address()));
    }
    return keys;
}

}  // namespace

class Limit::Counter {
 public:
    Counter(std::string text, LimitOptions options) : text_(std::move(text)), options_(options) {}

    [[nodiscard]] const LimitOptions& options() const noexcept { return options_; }

    Result<> start(Setup& setup) {
        Result<ratelimit::Quota> quota = ratelimit::Quota::parse(text_);
        if (!quota) {
            return fail(Errc::config, "limit(\"" + text_ + "\"): " + quota.error().context);
        }
        if (options_.by != LimitBy::address && !setup.finds_users) {
            return fail(
                Errc::config,
                "limit(\"" + text_ +
                    "\") counts by user, and nothing can tell who is asking: add "
                    "app.use(sessions({.secret = env(\"SECRET_KEY\")})) or app.use(authentication(...))"
            );
        }
        clock_ = &setup.clock;
        limiter_.emplace(setup.random.secret<16>(), std::move(*quota), keys_in_memory);
        return {};
    }

    std::optional<http::Response> check(Request& request) {
        std::vector<std::string> taken;
        for (std::string& key : keys_of(request, options_.by)) {
            // The memory always answers.
            const ratelimit::Decision decision =
                limiter_->take(key, clock_->now()).value_or(ratelimit::Decision());
            if (!decision.allowed) {
                give_back(taken);
                return refuse(request, decision);
            }
            taken.push_back(std::move(key));
            tell_later(request, decision);
        }
        give_back_later(request, std::move(taken));
        return std::nullopt;
    }

 private:
    void give_back(const std::vector<std::string>& keys) {
        for (const std::string& key : keys) {
            std::ignore = limiter_->give_back(key, clock_->now());  // the memory never fails
        }
    }

    /// Where only failures count, a success costs nothing. Taken first all the same: tries at the same moment
    /// are not all free.
    void give_back_later(Request& request, std::vector<std::string> taken) {
        if (options_.counts != LimitCounts::failures) {
            return;
        }
        RequestAccess::do_after(
            request,
            [this, &request, taken = std::move(taken)](http::Response& response) {
                if (!is_failure(response.status()) && !RequestAccess::is_counted_as_failure(request)) {
                    give_back(taken);
                }
            }
        );
    }

    void tell_later(Request& request, const ratelimit::Decision& decision) {
        if (options_.counts == LimitCounts::requests || !decision.allowed) {
            RequestAccess::do_after(request, [this, decision](http::Response& response) {
                tell(response, decision);
            });
        }
    }

    /// Of two limits on one request, the one of the route speaks last, and the one that refuses.
    void tell(http::Response& response, const ratelimit::Decision& decision) const {
        const ratelimit::Quota& quota = limiter_->quota();
        response.set_header("RateLimit-Policy", ratelimit::rate_limit_policy(quota_name, quota));
        response.set_header("RateLimit", ratelimit::rate_limit(quota_name, quota, decision));
    }

    [[nodiscard]] http::Response refuse(Request& request, const ratelimit::Decision& decision) {
        const ratelimit::Limit& limit = limiter_->quota().limits().at(decision.limit);
        Problem problem(Errc::rate_limited);
        problem.detail = "Rate limit exceeded: " + ratelimit::to_string(limit);
        problem.retry_after =
            std::max(std::chrono::seconds(1), std::chrono::ceil<std::chrono::seconds>(decision.retry_after));
        tell_later(request, decision);
        return request.refuse(std::move(problem));
    }

    std::string text_;
    LimitOptions options_;
    const Clock* clock_ = nullptr;
    Late<ratelimit::MemoryLimiter> limiter_;
};

namespace {

/// A limit on every route. By user it can count only when it is known who asks.
class LimitMiddleware final : public Middleware {
 public:
    explicit LimitMiddleware(std::shared_ptr<Limit::Counter> counter) : counter_(std::move(counter)) {}

    [[nodiscard]] Phase phase() const noexcept override {
        return counter_->options().by == LimitBy::address ? Phase::limits : Phase::user_limits;
    }
    [[nodiscard]] Result<> start(Setup& setup) override { return counter_->start(setup); }
    [[nodiscard]] std::optional<http::Response> before(Request& request) override {
        return counter_->check(request);
    }

 private:
    std::shared_ptr<Limit::Counter> counter_;
};

}  // namespace

Limit::operator std::unique_ptr<Middleware>() const {
    return std::make_unique<LimitMiddleware>(counter_);
}

Limit::operator Guard() const {
    Guard guard("limit", Guard::Needs::nothing, [counter = counter_](Request& request) {
        return counter->check(request);
    });
    guard.at_start([counter = counter_](Setup& setup) { return counter->start(setup); });
    return guard;
}

Limit limit(std::string text, LimitOptions options) {
    return Limit(std::make_shared<Limit::Counter>(std::move(text), options));
}

}  // namespace cardea::web
