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
#include "cardea/otp/otp.h"
#include "cardea/otp/recovery_code.h"
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
    std::optional<otp::Totp> totp;
    bool mfa_enabled = false;
    std::optional<otp::TimeStep> last_code;
    std::vector<otp::RecoveryCodeHash> recovery;
};

class Accounts {
 public:
    std::string hash_of(const std::string& email) const {
        const auto found = accounts_.find(email);
        return found != accounts_.end() ? found->second.password_hash : "";
    }
    bool has_mfa(const std::string& email) {
        const std::lock_guard lock(mutex_);
        return accounts_.at(email).mfa_enabled;
    }
    /// The URI for the authenticator app; nothing when there is a factor already.
    Result<SecretText> begin(const std::string& email) {
        const std::lock_guard lock(mutex_);
        Account& account = accounts_.at(email);
        if (account.mfa_enabled) {
            return fail(Errc::conflict, "enabled");
        }
        const otp::KeyUri key{
            .issuer = "MFA", .account = email, .secret = otp::SharedSecret::make(system_random)
        };
        account.totp = otp::Totp::make(key.secret.clone()).value();
        return otp::make_key_uri(key);
    }
    /// The first code shows that the app has the secret; the recovery codes are shown this once.
    Result<Json> confirm(const std::string& email, std::string_view code) {
        const std::lock_guard lock(mutex_);
        Account& account = accounts_.at(email);
        if (account.mfa_enabled || !account.totp || !take_totp(account, code)) {
            return fail(Errc::credentials_wrong);
        }
        account.mfa_enabled = true;
        Json codes{Json::Array()};
        for (const otp::RecoveryCode& recovery : otp::make_recovery_codes(system_random)) {
            account.recovery.push_back(recovery.hash(as_bytes(email)));
            codes.push_back(Json(std::string(recovery.text().expose())));
        }
        return codes;
    }
    /// Errc::rate_limited after five tries of any kind, Errc::credentials_wrong for no code of this account.
    Result<> take(const std::string& email, std::string_view code) {
        const std::lock_guard lock(mutex_);
        if (!tries_.take(email, system_clock.now())->allowed) {
            return fail(Errc::rate_limited);
        }
        Account& account = accounts_.at(email);
        if (!take_totp(account, code) && !take_recovery(account, email, code)) {
            return fail(Errc::credentials_wrong);
        }
        return tries_.reset(email);
    }

 private:
    static bool take_totp(Account& account, std::string_view code) {
        const Result<otp::TimeStep> step = account.totp->verify(code, system_clock.now(), account.last_code);
        account.last_code = step ? std::optional(*step) : account.last_code;
        return step.has_value();
    }
    static bool take_recovery(Account& account, const std::string& email, std::string_view code) {
        const Result<std::size_t> used = otp::verify_recovery_code(code, as_bytes(email), account.recovery);
        if (used) {
            account.recovery.erase(account.recovery.begin() + static_cast<std::ptrdiff_t>(*used));
        }
        return used.has_value();
    }

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
    Result<Json> codes = accounts.confirm(user.id, body.totp_token);
    if (!codes) {
        return request.refuse(codes.error().code, "Invalid MFA token");
    }
    return json_object({{"recovery_codes", std::move(*codes)}});
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
