// SPDX-License-Identifier: Apache-2.0
// Accounts, a second factor and tokens that can be revoked, for browsers (in a cookie) and for programs (in a
// header).
//
//     export SECRET_KEY=$(openssl rand -hex 32)
//     ./production --listen 127.0.0.1:8000
//
//     curl -d '{"email":"a@x.io","password":"Correct-Horse9!","full_name":"A"}' \
//         -H "Content-Type: application/json" localhost:8000/register
#include "cardea/cardea.h"
#include "cardea/otp/key_uri.h"
#include "cardea/otp/otp.h"
#include "cardea/ratelimit/memory_limiter.h"

#include <map>
#include <mutex>

using namespace cardea;

namespace {

struct Registration {
    std::string email;
    SecretText password;
    std::string full_name;

    void fields(auto& field) {
        field("email", email, {.min_length = 3, .max_length = 254});
        field("password", password)("full_name", full_name, {.max_length = 200});
    }
};

struct Login {
    std::string email;
    SecretText password;
    std::optional<std::string> totp_token;

    void fields(auto& field) { field("email", email)("password", password)("totp_token", totp_token); }
};

struct Code {
    std::string totp_token;

    void fields(auto& field) { field("totp_token", totp_token); }
};

SystemClock system_clock;
SystemRandom system_random;

/// In a real program, a row of a database. The secret is stored sealed there.
struct Account {
    std::string full_name;
    std::string password_hash;
    std::string totp_secret;
    bool mfa_enabled = false;
    std::optional<otp::TimeStep> last_code;
};

class Accounts {
 public:
    void add(const std::string& email, Account account) {
        const std::lock_guard lock(mutex_);
        accounts_.emplace(email, std::move(account));
    }
    Account find(const std::string& email) {
        const std::lock_guard lock(mutex_);
        const auto found = accounts_.find(email);
        return found != accounts_.end() ? found->second : Account();
    }
    /// The URI for the authenticator app; nothing when there is a factor already. Asked and changed in one
    /// step: of two requests at once, none replaces the secret that the other has confirmed.
    Result<SecretText> begin_mfa(const std::string& email) {
        const std::lock_guard lock(mutex_);
        Account& account = accounts_.at(email);
        if (account.mfa_enabled) {
            return fail(Errc::conflict);
        }
        const otp::KeyUri key{
            .issuer = "Production", .account = email, .secret = otp::SharedSecret::make(system_random)
        };
        account.totp_secret = std::string(key.secret.text().expose());
        return otp::make_key_uri(key);
    }
    /// Takes a code once, and not the one before it either. After five wrong ones for an account, whatever
    /// addresses they came from, the right one waits as well.
    Result<> take_code(const std::string& email, std::string_view code) {
        const std::lock_guard lock(mutex_);
        if (!tries_.take(email, system_clock.now())->allowed) {
            return fail(Errc::rate_limited);
        }
        Account& account = accounts_.at(email);
        Result<otp::SharedSecret> secret = otp::SharedSecret::parse(account.totp_secret);
        if (!secret) {
            return fail(Errc::credentials_wrong);
        }
        const Result<otp::Totp> totp = otp::Totp::make(std::move(*secret));
        const Result<otp::TimeStep> step = totp->verify(code, system_clock.now(), account.last_code);
        if (!step) {
            return fail(Errc::credentials_wrong);
        }
        account.last_code = *step;
        account.mfa_enabled = true;
        return tries_.reset(email);
    }

 private:
    std::mutex mutex_;
    ratelimit::MemoryLimiter tries_{
        system_random.secret<16>(), ratelimit::Quota::parse("5/15 minutes").value(), 1024
    };
    std::map<std::string, Account> accounts_;
};

Accounts accounts;
Passwords passwords(PasswordPolicy::four_classes());

/// Asked at each refresh: who is gone gets no more tokens.
Task<Result<std::optional<User>>> find_user(std::string email) {
    const Account account = accounts.find(email);
    if (account.password_hash.empty()) {
        co_return std::nullopt;
    }
    co_return User{.id = email, .name = account.full_name, .scopes = {}};
}

Tokens tokens({
    .secret = env("SECRET_KEY"),
    .store = memory_store(),
    .reload = find_user,
    .cookie_name = "access_token",
});

/// The same answer whether the address is known or not: in a real program the mail that is sent says the
/// rest.
Task<Response> register_user(Request& request, Body<Registration> body) {
    Result<std::string> hash = co_await passwords.hash(std::move(body.password));
    if (!hash) {
        co_return request.refuse(hash.error());
    }
    accounts.add(body.email, {.full_name = body.full_name, .password_hash = std::move(*hash)});
    co_return json_object({{"message", "User registered successfully"}});
}

Task<Response> login(Request& request, Body<Login> body) {
    const Account account = accounts.find(body.email);
    const Result<PasswordMatch> right =
        co_await passwords.verify(std::move(body.password), account.password_hash);
    if (!right) {
        co_return request.refuse(right.error().code, "Invalid credentials");
    }
    if (account.mfa_enabled && !body.totp_token) {
        co_return json_object({{"requires_mfa", true}});
    }
    const Result<> taken =
        account.mfa_enabled ? accounts.take_code(body.email, *body.totp_token) : Result<>();
    if (!taken) {
        co_return request.refuse(taken.error().code, "Invalid credentials");
    }
    User user{.id = body.email, .name = account.full_name, .scopes = {}};
    const Result<TokenPair> pair = co_await tokens.issue(std::move(user));
    if (!pair) {
        co_return request.refuse(pair.error());
    }
    Response response(json_object({{"message", "Login successful"}}));
    if (const Result<> put = tokens.put_into_cookies(response, *pair); !put) {
        co_return request.refuse(put.error());
    }
    co_return response;
}

Json me(const User& user) {
    const Account account = accounts.find(user.id);
    return json_object(
        {{"email", user.id}, {"full_name", account.full_name}, {"mfa_enabled", account.mfa_enabled}}
    );
}

/// A secret for the authenticator app; it counts once a code of it was entered.
Response enable_mfa(Request& request, const User& user) {
    const Result<SecretText> uri = accounts.begin_mfa(user.id);
    if (!uri) {
        return request.refuse(uri.error());
    }
    return json_object({{"uri", uri->expose()}});
}

Response confirm_mfa(Request& request, const User& user, const Body<Code>& body) {
    if (const Result<> taken = accounts.take_code(user.id, body.totp_token); !taken) {
        return request.refuse(taken.error().code, "Invalid MFA token");
    }
    return json_object({{"message", "MFA enabled"}});
}

Task<Response> logout(Request& request) {
    const Result<> ended = co_await tokens.revoke(request);
    if (!ended) {
        co_return request.refuse(ended.error());
    }
    Response response(json_object({{"message", "Logout successful"}}));
    tokens.clear_cookies(response);
    co_return response;
}

Task<Response> refresh(Request& request) {
    const Result<TokenPair> pair = co_await tokens.refresh(request);
    if (!pair) {
        co_return request.refuse(Errc::unauthenticated, "Invalid refresh token");
    }
    Response response(json_object({{"message", "Token refreshed"}}));
    if (const Result<> put = tokens.put_into_cookies(response, *pair); !put) {
        co_return request.refuse(put.error());
    }
    co_return response;
}

}  // namespace

int main() {
    const Guard signed_in = requires_scopes("authenticated");
    App app;
    app.use(authentication(tokens));
    app.post("/register", limit("3/hour"), register_user);
    app.post("/login", limit("5/minute"), login);
    app.get("/me", signed_in, me);
    app.post("/mfa/enable", signed_in, enable_mfa);
    app.post("/mfa/confirm", signed_in, confirm_mfa);
    app.post("/refresh", refresh);
    app.post("/logout", logout);
    return app.run();
}
