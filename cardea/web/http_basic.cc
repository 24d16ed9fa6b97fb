// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/http_basic.h"

#include "cardea/base/base64url.h"
#include "cardea/base/late.h"
#include "cardea/base/utf8.h"
#include "cardea/csrf/decide.h"
#include "cardea/http/headers.h"
#include "cardea/web/detail/guess_limit.h"
#include "cardea/web/request.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace cardea::web {
namespace {

constexpr std::string_view scheme = "Basic ";
constexpr std::size_t max_credentials = 2048;  ///< of base64: a name and a password

struct NameAndPassword {
    std::string name;
    SecretText password;
};

bool is_basic(std::string_view authorization) noexcept {
    return http::equals_ignoring_case(authorization.substr(0, scheme.size()), scheme);
}

/// With its padding, and no other spelling.
std::optional<SecretText> decode(std::string_view encoded) {
    if (encoded.size() > max_credentials) {
        return std::nullopt;
    }
    Result<Bytes> decoded = base64_decode(encoded);
    if (!decoded) {
        return std::nullopt;
    }
    SecretText text(as_text(*decoded));
    wipe(decoded->data(), decoded->size());
    return text;
}

/// RFC 7617 section 2: base64 of `name:password`, in UTF-8.
std::optional<NameAndPassword> parse(std::string_view authorization) {
    const std::optional<SecretText> text = decode(http::trim(authorization.substr(scheme.size())));
    if (!text) {
        return std::nullopt;
    }
    const std::string_view pair = text->expose();
    const std::size_t colon = pair.find(':');
    if (colon == std::string_view::npos || !is_valid_utf8(pair)) {
        return std::nullopt;
    }
    return NameAndPassword{
        .name = std::string(pair.substr(0, colon)), .password = SecretText(pair.substr(colon + 1))
    };
}

class HttpBasic final : public AuthenticationBackend {
 public:
    HttpBasic(PasswordCheck check, std::string realm, HttpBasicOptions options)
        : check_(std::move(check)), realm_(std::move(realm)), guesses_(std::move(options.wrong_passwords)) {}

    [[nodiscard]] Result<> start(Setup& setup) override {
        const bool is_plain = std::ranges::all_of(realm_, [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ' ' ||
                   c == '-';
        });
        if (realm_.empty() || !is_plain) {
            return fail(Errc::config, "http_basic: a realm is letters, digits, spaces and dashes");
        }
        origin_ = setup.origin;
        if (Result<> started = guesses_.start(setup); !started) {
            return fail(Errc::config, "http_basic: " + started.error().context);
        }
        return {};
    }

    [[nodiscard]] bool has_credential(const Request& request) const override {
        return is_basic(request.header("Authorization"));
    }

    [[nodiscard]] Task<Result<Authenticated>> authenticate(Request& request) override {
        if (is_from_another_site(request)) {
            co_return fail(Errc::csrf_rejected, "cross-site request with Basic");
        }
        std::optional<NameAndPassword> pair = parse(request.header("Authorization"));
        if (!pair) {
            co_return fail(Errc::unauthenticated, "malformed Basic credentials");
        }
        Result<detail::GuessLimit::Try> guess =
            guesses_.begin(request.client_address(), pair->name, pair->password);
        if (!guess) {
            co_return propagate(guess);
        }
        Result<User> user = co_await check_(std::move(pair->name), std::move(pair->password));
        if (!user) {
            co_return std::unexpected<Error>(refusal(std::move(user).error(), *guess));
        }
        guess->right();
        co_return Authenticated{.user = std::move(*user)};
    }

    [[nodiscard]] std::vector<SecurityScheme> security_schemes() const override {
        return {{"basic", R"({"type":"http","scheme":"basic"})"}};
    }
    [[nodiscard]] Challenge challenge() const override {
        const std::string header = "Basic realm=\"" + realm_ + "\", charset=\"UTF-8\"";
        return {.header = header, .refused = header};
    }

 private:
    /// What is not known to be a wrong password counts as none.
    static Error refusal(Error error, detail::GuessLimit::Try& guess) {
        if (error.code == Errc::busy || error.code == Errc::store_unavailable ||
            error.code == Errc::rate_limited) {
            guess.undecided();
            return error;
        }
        guess.wrong();
        return {Errc::unauthenticated, std::move(error.context), {}, {}};
    }

    /// Programs send neither Sec-Fetch-Site nor Origin, and have no token.
    [[nodiscard]] bool is_from_another_site(const Request& request) const {
        const csrf::RequestFacts facts{
            .method = request.method(),
            .credential = csrf::Credential::cookie,
            .sec_fetch_site = request.header("Sec-Fetch-Site"),
            .origin = request.header("Origin"),
            .is_json = request.has_json(),
            .headerless_clients = csrf::HeaderlessClients::accepted,
        };
        return csrf::decide(facts, *origin_) == csrf::Decision::reject;
    }

    PasswordCheck check_;
    std::string realm_;
    detail::GuessLimit guesses_;
    Late<http::Origin> origin_;
};

}  // namespace

std::shared_ptr<AuthenticationBackend> http_basic(
    PasswordCheck check, std::string realm, HttpBasicOptions options
) {
    return std::make_shared<HttpBasic>(std::move(check), std::move(realm), std::move(options));
}

}  // namespace cardea::web
