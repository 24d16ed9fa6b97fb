// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/bearer_sessions.h"

#include "cardea/base/json_writer.h"
#include "cardea/http/headers.h"
#include "cardea/web/detail/credential_refusal.h"
#include "cardea/web/detail/kept_sessions.h"
#include "cardea/web/request.h"

#include <optional>
#include <utility>

namespace cardea::web {
namespace {

/// nullopt for what is no token of ours.
std::optional<session::Credential> credential_of(const Request& request) {
    const std::optional<std::string_view> text = http::find_bearer_token(request.header("Authorization"));
    const Result<session::SessionToken> token =
        session::SessionToken::parse(http::trim(text.value_or(std::string_view())));
    if (!token) {
        return std::nullopt;
    }
    return session::Credential{.token_hash = token->hash(), .transport = session::Transport::bearer};
}

}  // namespace

class BearerSessions::Backend final : public AuthenticationBackend {
 public:
    explicit Backend(BearerSessionOptions options) : options_(std::move(options)) {}

    [[nodiscard]] Result<> start(Setup& setup) override {
        return sessions_.start(options_.store, {options_.idle, options_.absolute}, setup);
    }

    [[nodiscard]] bool has_credential(const Request& request) const override {
        return http::find_bearer_token(request.header("Authorization")).has_value();
    }

    [[nodiscard]] Task<Result<Authenticated>> authenticate(Request& request) override {
        const std::optional<session::Credential> credential = credential_of(request);
        if (!credential) {
            co_return fail(Errc::unauthenticated, "no session token");
        }
        Result<session::SessionPointer> live = co_await sessions_.service().authenticate(*credential);
        if (!live) {
            const Errc code =
                refuses_credential(live.error().code) ? Errc::unauthenticated : live.error().code;
            co_return fail(code, live.error().context);
        }
        const FoundSession found = found_session(std::move(*live));
        if (!found.content->user()) {
            co_return fail(Errc::unauthenticated, "a session of nobody");
        }
        co_return Authenticated{.user = *found.content->user()};
    }

    [[nodiscard]] std::vector<SecurityScheme> security_schemes() const override {
        return {{"bearer", R"({"type":"http","scheme":"bearer"})"}};
    }
    [[nodiscard]] Challenge challenge() const override {
        return {
            .header = "Bearer", .refused = R"(Bearer error="invalid_token")", .sentence = "Invalid session"
        };
    }
    [[nodiscard]] Task<> maintain() override { co_await sessions_.maintain(); }

    [[nodiscard]] bool is_started() const noexcept { return sessions_.is_started(); }
    [[nodiscard]] session::SessionService& service() const noexcept { return sessions_.service(); }

 private:
    BearerSessionOptions options_;
    KeptSessions sessions_;
};

BearerSessions::BearerSessions(BearerSessionOptions options)
    : backend_(std::make_shared<Backend>(std::move(options))) {}

BearerSessions::operator std::shared_ptr<AuthenticationBackend>() const {
    return backend_;
}

Task<Result<SecretText>> BearerSessions::begin(Request& request, User user) const {
    if (!backend_->is_started()) {
        co_return fail(Errc::internal, "BearerSessions in no App: add app.use(authentication(sessions))");
    }
    session::NewSession wish;
    wish.account = account_of(user);
    wish.transport = session::Transport::bearer;
    wish.client_address = request.client_address();
    wish.user_agent = request.header("User-Agent");
    wish.data = to_string(content_of(user));
    Result<session::IssuedSession> issued = co_await backend_->service().issue(std::move(wish));
    if (!issued) {
        co_return propagate(issued);
    }
    co_return issued->token.text();
}

Task<Result<>> BearerSessions::end(Request& request) const {
    const std::optional<session::Credential> credential = credential_of(request);
    if (!credential || !backend_->is_started()) {
        co_return Result<>{};
    }
    const Result<bool> ended = co_await backend_->service().revoke_token(credential->token_hash);
    if (!ended) {
        co_return fail(ended.error().code, ended.error().context);
    }
    co_return Result<>{};
}

}  // namespace cardea::web
