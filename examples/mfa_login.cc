// SPDX-License-Identifier: Apache-2.0
// A login with a second factor: a password, then a code of an authenticator app or one of the recovery codes
// that were printed when the factor was set up. Every code is good once, and few wrong ones are too many.
//
//     export SECRET_KEY=$(openssl rand -hex 32)
//     ./mfa_login --listen 127.0.0.1:8000
//
//     curl -d '{"email":"john@example.com","password":"password123"}' -H "Content-Type: application/json" \
//         localhost:8000/login
#include "cardea/cardea.h"
#include "cardea/otp/key_uri.h"
#include "cardea/otp/second_factor.h"
#include "cardea/ratelimit/memory_limiter.h"

#include <map>
#include <mutex>

using namespace cardea;

namespace {

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
Passwords passwords;
Tokens tokens({.secret = env("SECRET_KEY")});

/// In a real program, a row of a database, with the secret sealed. What a code changes is written before
/// anybody is let in.
struct Account {
    std::string password_hash;
    std::optional<otp::SecondFactor> factor;

    bool has_mfa() const { return factor && factor->is_confirmed; }
};

class Accounts {
 public:
    std::string hash_of(const std::string& email) const {
        const auto found = accounts_.find(email);
        return found != accounts_.end() ? found->second.password_hash : "";
    }
    bool has_mfa(const std::string& email) {
        const std::lock_guard lock(mutex_);
        return accounts_.at(email).has_mfa();
    }
    /// The URI for the authenticator app; nothing when there is a factor already.
    Result<SecretText> begin(const std::string& email) {
        const std::lock_guard lock(mutex_);
        Account& account = accounts_.at(email);
        if (account.has_mfa()) {
            return fail(Errc::conflict, "enabled");
        }
        account.factor = otp::begin_second_factor(system_random);
        return otp::make_key_uri({.issuer = "MFA", .account = email, .secret = account.factor->secret.clone()}
        );
    }
    /// The first code shows that the app has the secret; the recovery codes are shown this once.
    Result<std::vector<otp::RecoveryCode>> confirm(const std::string& email, std::string_view code) {
        const std::lock_guard lock(mutex_);
        Account& account = accounts_.at(email);
        if (!account.factor) {
            return fail(Errc::credentials_wrong);
        }
        return otp::confirm_second_factor(*account.factor, code, system_clock.now(), system_random);
    }
    /// Errc::rate_limited after five tries of any kind, Errc::credentials_wrong for no code of this account.
    Result<> take(const std::string& email, std::string_view code) {
        const std::lock_guard lock(mutex_);
        if (!tries_.take(email, system_clock.now())->allowed) {
            return fail(Errc::rate_limited);
        }
        const Result<> taken = otp::take_code(*accounts_.at(email).factor, code, system_clock.now());
        return taken ? tries_.reset(email) : taken;
    }

 private:
    std::mutex mutex_;
    ratelimit::MemoryLimiter tries_{
        system_random.secret<16>(), ratelimit::Quota::parse("5/15 minutes").value(), 1024
    };
    std::map<std::string, Account> accounts_ = [] {
        std::map<std::string, Account> accounts;
        accounts["john@example.com"].password_hash = passwords.hash_now("password123");
        return accounts;
    }();
};

Accounts accounts;

Task<Response> login(Request& request, Body<Login> body) {
    std::string hash = accounts.hash_of(body.email);
    const Result<PasswordMatch> right = co_await passwords.verify(std::move(body.password), std::move(hash));
    if (!right) {
        co_return request.refuse(right.error().code, "Invalid credentials");
    }
    if (accounts.has_mfa(body.email)) {
        if (!body.totp_token) {
            co_return json_object({{"requires_mfa", true}});
        }
        if (const Result<> taken = accounts.take(body.email, *body.totp_token); !taken) {
            co_return request.refuse(taken.error().code, "Invalid MFA token");
        }
    }
    User user{.id = body.email, .name = body.email, .scopes = {}};
    const Result<TokenPair> pair = co_await tokens.issue(std::move(user));
    if (!pair) {
        co_return request.refuse(pair.error());
    }
    co_return to_json(*pair);
}

Response enroll(Request& request, const User& user) {
    const Result<SecretText> uri = accounts.begin(user.id);
    if (!uri) {
        return request.refuse(uri.error());
    }
    return json_object({{"uri", uri->expose()}});
}

Response confirm(Request& request, const User& user, const Body<Code>& body) {
    const Result<std::vector<otp::RecoveryCode>> codes = accounts.confirm(user.id, body.totp_token);
    if (!codes) {
        return request.refuse(Errc::credentials_wrong, "Invalid MFA token");
    }
    Json shown{Json::Array()};
    for (const otp::RecoveryCode& code : *codes) {
        shown.push_back(Json(std::string(code.text().expose())));
    }
    return json_object({{"recovery_codes", std::move(shown)}});
}

Json me(const User& user) {
    return json_object({{"email", user.id}, {"mfa_enabled", accounts.has_mfa(user.id)}});
}

}  // namespace

int main() {
    const Guard signed_in = requires_scopes("authenticated");
    App app;
    app.use(authentication(tokens));
    app.post("/login", limit("20/minute", {.counts = LimitCounts::failures}), login);
    app.get("/me", signed_in, me);
    app.post("/mfa/enroll", signed_in, enroll);
    app.post("/mfa/confirm", signed_in, limit("5/minute", {.by = LimitBy::user}), confirm);
    return app.run();
}
