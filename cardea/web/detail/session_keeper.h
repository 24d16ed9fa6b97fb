// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/late.h"
#include "cardea/web/detail/authenticator.h"
#include "cardea/web/sessions.h"

#include <string_view>
#include <vector>

namespace cardea::web {

/// What all applications' sessions have in common, wherever they are kept: options, the cookie, and the
/// headers of the answer.
class SessionKeeper : public detail::Authenticator {
 public:
    explicit SessionKeeper(SessionOptions options)
        : Authenticator(Phase::sessions), options_(std::move(options)) {}

    [[nodiscard]] std::vector<SecurityScheme> security_schemes() const final;
    [[nodiscard]] Result<> start(Setup& setup) override;
    void after(Request& request, http::Response& response) override;

 protected:
    [[nodiscard]] const SessionOptions& options() const noexcept { return options_; }
    [[nodiscard]] const session::Lifetime& lifetime() const noexcept { return lifetime_; }
    [[nodiscard]] const http::CookieWriter& cookie() const noexcept { return *cookie_; }
    [[nodiscard]] const crypto::Keyring& keyring() const noexcept { return *keyring_; }
    [[nodiscard]] Random& random() const noexcept { return *random_; }
    [[nodiscard]] Time now() const noexcept { return clock_->now(); }
    [[nodiscard]] const Clock& clock() const noexcept { return *clock_; }

    /// The value of the session cookie; empty when there is none, or two, which the request notes.
    [[nodiscard]] std::string_view cookie_value(Request& request) const;
    /// Makes the browser keep `value` for as long as the session that began at `created_at` can live.
    [[nodiscard]] Result<> set_cookie(http::Response& response, std::string_view value, Time created_at)
        const;
    void clear_cookie(http::Response& response) const;

 private:
    [[nodiscard]] Result<http::CookieWriter> make_cookie(bool https) const;

    SessionOptions options_;
    session::Lifetime lifetime_;
    Late<crypto::Keyring> keyring_;
    Late<http::CookieWriter> cookie_;
    const Clock* clock_ = nullptr;
    Random* random_ = nullptr;
};

}  // namespace cardea::web
