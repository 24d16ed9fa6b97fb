// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/sign_in_with.h"

#include "cardea/base/base64url.h"
#include "cardea/base/late.h"
#include "cardea/http/cookie.h"
#include "cardea/http/next.h"
#include "cardea/web/response.h"

#include <stdexcept>

namespace cardea::web {
namespace {

constexpr std::string_view cookie_name = "sign-in";
constexpr std::size_t name_bytes = 16;

/// As long as somebody may be at the provider, and another tab beside it.
constexpr auto cookie_lifetime =
    std::chrono::duration_cast<std::chrono::seconds>(2 * oauth::authorization_lifetime);

/// What the browser is called, if that is a name we gave.
std::optional<std::string> find_browser(const Request& request, const std::string& name) {
    const Result<std::optional<std::string_view>> cookie = request.cookie(name);
    const std::string_view given = cookie ? cookie->value_or("") : "";
    return given.size() == base64url_size(name_bytes) ? std::optional<std::string>(given) : std::nullopt;
}

}  // namespace

struct SignInWith::State {
    oauth::ProviderOptions options;  // until the App starts
    http::Client& network;
    std::unique_ptr<oauth::Client> client;
    Late<http::CookieWriter> cookie;
    Random* random = nullptr;
};

/// Makes the client when the App starts, since the keys and the origin are known then.
class SignInWith::AtStart final : public Middleware {
 public:
    explicit AtStart(std::shared_ptr<State> state) : state_(std::move(state)) {}

    Result<> start(Setup& setup) override {
        if (setup.keyring == nullptr) {
            return fail(
                Errc::config, "SignInWith needs keys to seal with: add app.use(sessions({.secret = ...}))."
            );
        }
        Result<http::CookieWriter> cookie =
            setup.origin.is_https() ? http::CookieWriter::for_host(cookie_name, http::SameSite::lax)
                                    : http::CookieWriter::for_localhost(cookie_name, http::SameSite::lax);
        if (!cookie) {
            return propagate(cookie);
        }
        std::string& redirect_uri = state_->options.registration.redirect_uri;
        if (redirect_uri.starts_with('/')) {
            redirect_uri.insert(0, setup.origin.text());
        }
        Result<std::unique_ptr<oauth::Client>> client = oauth::Client::make(
            std::move(state_->options), {state_->network, *setup.keyring, setup.clock, setup.random}
        );
        if (!client) {
            return propagate(client);
        }
        state_->cookie = std::move(*cookie);
        state_->random = &setup.random;
        state_->client = std::move(*client);
        return {};
    }

 private:
    std::shared_ptr<State> state_;
};

SignInWith::SignInWith(oauth::ProviderOptions options, http::Client& network)
    : state_(std::make_shared<State>(std::move(options), network)) {}

std::unique_ptr<Middleware> SignInWith::middleware() const {
    return std::make_unique<AtStart>(state_);
}

Task<http::Response> SignInWith::begin(Request& request) const {
    oauth::AuthorizationOptions options;
    const Result<http::Fields>& query = request.query();
    options.next = http::safe_next(query ? query->text("next") : "");
    co_return co_await begin(request, std::move(options));
}

Task<http::Response> SignInWith::begin(Request& request, oauth::AuthorizationOptions options) const {
    const State& state = started();
    const std::optional<std::string> known = find_browser(request, state.cookie->name());
    std::string browser = known ? *known : base64url_encode(state.random->bytes<name_bytes>());
    Result<std::string> set_cookie = state.cookie->set(browser, cookie_lifetime);
    Result<std::string> url =
        co_await state.client->begin_authorization(std::move(options), std::move(browser));
    if (!url) {
        co_return request.refuse(std::move(url).error());
    }
    http::Response response = redirect_to(*url);
    response.set_header("Cache-Control", "no-store");
    if (set_cookie) {
        response.add_header("Set-Cookie", *set_cookie);
    }
    co_return response;
}

Task<Result<oauth::SignedIn>> SignInWith::finish(Request& request) const {
    const State& state = started();
    std::optional<std::string> browser = find_browser(request, state.cookie->name());
    if (!browser) {
        co_return fail(Errc::csrf_rejected, "oauth: this browser began no sign-in");
    }
    std::string query(request.http().query);
    co_return co_await state.client->finish_authorization(std::move(query), std::move(*browser));
}

oauth::Client& SignInWith::client() const {
    return *started().client;
}

SignInWith::State& SignInWith::started() const {
    if (state_->client == nullptr) {
        throw std::logic_error("SignInWith: add app.use(provider.middleware()) before the App starts");
    }
    return *state_;
}

}  // namespace cardea::web
