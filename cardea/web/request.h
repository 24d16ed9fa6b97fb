// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/apikey/live_key.h"
#include "cardea/base/assert.h"
#include "cardea/base/json.h"
#include "cardea/base/result.h"
#include "cardea/http/cookie.h"
#include "cardea/http/query.h"
#include "cardea/http/request.h"
#include "cardea/http/response.h"
#include "cardea/session/live_session.h"
#include "cardea/web/problem.h"
#include "cardea/web/router.h"
#include "cardea/web/session.h"
#include "cardea/web/user.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cardea::web {

class Route;

namespace detail {
class RequestAccess;
}

/// One request as a handler sees it: the engine's request, what the route's pattern matched, who is asking,
/// and the parts that are parsed only when asked for, once, with their limits. Made by App for each request,
/// or by a test. One thread at a time; lives as long as the handling of its request, and so do the views it
/// gives out.
class Request {
 public:
    explicit Request(const http::Request& raw, const Problems& problems = Problems::plain()) noexcept
        : raw_(raw), problems_(problems) {}
    Request(const Request&) = delete;
    Request& operator=(const Request&) = delete;

    [[nodiscard]] const http::Request& http() const noexcept { return raw_; }
    [[nodiscard]] http::Method method() const noexcept { return raw_.method; }
    [[nodiscard]] std::string_view path() const noexcept { return raw_.path; }
    [[nodiscard]] std::string_view client_address() const noexcept { return raw_.client_address; }
    [[nodiscard]] std::string_view header(std::string_view name) const noexcept { return raw_.header(name); }
    /// The value of the cookie of exactly that name; see http::find_cookie.
    [[nodiscard]] Result<std::optional<std::string_view>> cookie(std::string_view name) const {
        return http::find_cookie(raw_.header("Cookie"), name);
    }
    /// Whether a person's browser is asking, so that a page is the right answer and not JSON.
    [[nodiscard]] bool wants_page() const noexcept { return web::wants_page(raw_); }

    /// What `{name}` in the route's pattern matched. Asking for a name that the pattern does not have is a
    /// bug.
    [[nodiscard]] std::string_view param(std::string_view name) const noexcept;
    /// The same, or nullopt where the pattern has no such name: for what runs ahead of any route.
    [[nodiscard]] std::optional<std::string_view> find_param(std::string_view name) const noexcept;
    /// The same as an id, for `{id}` of an Id: Errc::not_found when it is none, since no such row exists.
    template <class Id>
    [[nodiscard]] Result<Id> param_id(std::string_view name) const {
        Result<Id> id = Id::parse(param(name));
        if (!id) {
            return fail(Errc::not_found, "path parameter is no id");
        }
        return id;
    }

    /// The fields behind the '?'. Errc::malformed, Errc::too_large, or Errc::invalid for a repeated name.
    [[nodiscard]] const Result<http::Fields>& query();
    /// The fields of a posted form; the same errors, and Errc::unsupported_media_type when it is no form, or
    /// has a Content-Encoding.
    [[nodiscard]] const Result<http::Fields>& form();
    /// The same with lists in them: a name may come more than once, and whoever reads one value of it looks
    /// at Fields::is_repeated first.
    [[nodiscard]] const Result<http::Fields>& query_with_lists();
    [[nodiscard]] const Result<http::Fields>& form_with_lists();
    /// The JSON body. Errc::malformed, Errc::too_large, or Errc::unsupported_media_type unless the content
    /// type is application/json, without a Content-Encoding.
    [[nodiscard]] const Result<Json>& json();
    /// Whether the body says that it is JSON: routes that take forms and JSON choose by it.
    [[nodiscard]] bool has_json() const noexcept;

    /// What the program remembers of this browser. Needs `app.use(web::sessions({...}))`; without it, or on
    /// an anonymous route, this throws std::logic_error.
    [[nodiscard]] Session& session();
    /// Who is asking, or nullptr: the user of the session, whom web::authentication found, or whose account's
    /// session or API key it is.
    [[nodiscard]] const User* user() const;

    /// The live session of an account, or nullptr when nobody is signed in. Only in programs that use
    /// web::account_sessions with a SessionService of their own.
    [[nodiscard]] const session::LiveSession* account_session() const noexcept {
        return account_session_.get();
    }
    /// Whose session it is, as the type that the program's SubjectLoader makes. Only behind
    /// requires_account_session().
    template <class Subject>
    [[nodiscard]] const Subject& subject() const noexcept {
        CARDEA_ASSERT(account_session_ != nullptr);
        return static_cast<const Subject&>(account_session_->subject());
    }
    /// Whether the user proved itself by a header that no browser attaches by itself.
    [[nodiscard]] bool has_bearer_user() const noexcept {
        return application_ && application_->user && application_->transport == session::Transport::bearer;
    }
    /// The live API key that the request came with, or nullptr. Only in programs that use
    /// web::account_api_keys.
    [[nodiscard]] const apikey::LiveKey* api_key() const noexcept { return api_key_.get(); }
    /// Whose API key it is, as the type that the program's Owners make. Only where api_key() is not null.
    template <class Owner>
    [[nodiscard]] const Owner& owner() const noexcept {
        CARDEA_ASSERT(api_key_ != nullptr);
        return static_cast<const Owner&>(api_key_->owner());
    }
    /// Why the credential that was sent is not taken, so that a guard can say so.
    [[nodiscard]] const std::optional<Problem>& refused_credential() const noexcept {
        return refused_credential_;
    }
    /// What a 401 asks for when nothing else says it: the credentials that the program takes.
    [[nodiscard]] std::string_view challenge() const noexcept { return challenge_; }
    /// Why the credentials could not be checked, where an authenticator noted it: then the request is
    /// nobody's, whatever was found before.
    [[nodiscard]] const std::optional<Error>& credential_error() const noexcept { return credential_error_; }

    /// The token for `<input type="hidden" name="csrf_token">` and for X-CSRF-Token, fresh for each call.
    /// Empty in programs that do not use web::csrf.
    [[nodiscard]] std::string csrf_token() { return csrf_ ? csrf_->token(*this) : std::string(); }

    /// The answer that refuses this request: problem+json, or a page for browsers. The log says why the
    /// session that was sent is not accepted; the client does not learn it.
    [[nodiscard]] http::Response refuse(Problem problem) const;
    /// The same with a sentence of the program's own.
    [[nodiscard]] http::Response refuse(Errc code, std::string detail) const {
        Problem problem(code);
        problem.detail = std::move(detail);
        return refuse(std::move(problem));
    }

    /// Makes the tokens that csrf_token() gives out.
    class CsrfTokens {
     public:
        virtual ~CsrfTokens() = default;
        [[nodiscard]] virtual std::string token(Request& request) const = 0;
    };

    /// Makes limits that count failures count this request, whatever is answered: for a sign-in that shows
    /// its page again, or redirects to it, after a wrong password.
    void count_as_failure() { application().is_failure = true; }

    /// The route that answers. Set before any middleware runs.
    [[nodiscard]] const Route& route() const noexcept { return *route_; }
    [[nodiscard]] bool has_route() const noexcept { return route_ != nullptr; }

 private:
    friend class detail::RequestAccess;

    using After = std::function<void(http::Response&)>;
    /// What only applications with sessions or limits of their own need: the session check of the account
    /// server does without.
    struct Application {
        std::unique_ptr<Session> session;
        std::shared_ptr<const User> user;
        session::Transport transport = session::Transport::cookie;
        bool session_signs_in = true;
        bool is_failure = false;
        std::string new_visitor;
        std::vector<After> after;
    };
    /// The fields of a query or form, and what is said instead of them where a name comes twice.
    struct ParsedFields {
        explicit ParsedFields(Result<http::Fields> parsed);
        [[nodiscard]] const Result<http::Fields>& unrepeated() const { return refusal ? *refusal : fields; }

        Result<http::Fields> fields;
        std::optional<Result<http::Fields>> refusal;
    };
    [[nodiscard]] const ParsedFields& parsed_query();
    [[nodiscard]] const ParsedFields& parsed_form();
    [[nodiscard]] Application& application();
    [[nodiscard]] const User* account_user() const;
    [[nodiscard]] bool is_encoded() const noexcept;

    const http::Request& raw_;
    const Problems& problems_;
    const Route* route_ = nullptr;
    const CsrfTokens* csrf_ = nullptr;
    PathParams params_;
    std::shared_ptr<const session::LiveSession> account_session_;
    apikey::KeyPointer api_key_;
    std::optional<Problem> refused_credential_;
    std::string_view challenge_;
    std::string why_no_session_;
    std::unique_ptr<Application> application_;
    std::optional<Error> credential_error_;
    std::optional<ParsedFields> query_;
    std::optional<ParsedFields> form_;
    std::optional<Result<Json>> json_;
};

}  // namespace cardea::web
