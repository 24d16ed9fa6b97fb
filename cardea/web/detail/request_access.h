// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/web/request.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace cardea::web::detail {

/// What the App and its middleware write into a Request; handlers only read what came of it.
class RequestAccess {
 public:
    static void set_route(Request& request, const Route& route) noexcept { request.route_ = &route; }
    [[nodiscard]] static PathParams& params(Request& request) noexcept { return request.params_; }

    static void set_session(Request& request, std::unique_ptr<Session> session) {
        request.application().session = std::move(session);
    }
    [[nodiscard]] static const Session* find_session(const Request& request) noexcept {
        return request.application_ ? request.application_->session.get() : nullptr;
    }
    [[nodiscard]] static Session* find_session(Request& request) noexcept {
        return request.application_ ? request.application_->session.get() : nullptr;
    }
    /// From here on the user is this one, whatever the session says.
    static void set_user(Request& request, std::shared_ptr<const User> user, session::Transport transport) {
        request.application().user = std::move(user);
        request.application().transport = transport;
        request.application().session_signs_in = false;
    }
    static void set_account_session(Request& request, std::shared_ptr<const session::LiveSession> session) {
        request.account_session_ = std::move(session);
    }
    /// Why the session token that was sent stands for nobody: for the log line of the 401.
    static void set_why_no_session(Request& request, std::string why) {
        request.why_no_session_ = std::move(why);
    }
    static void set_api_key(Request& request, apikey::KeyPointer key) { request.api_key_ = std::move(key); }

    static void refuse_credential(Request& request, Problem problem) {
        request.refused_credential_ = std::move(problem);
    }
    /// The credentials could not be checked: the request is nobody's, whatever was found before.
    static void fail_credential(Request& request, Error error);
    static void set_challenge(Request& request, std::string_view challenge) noexcept {
        request.challenge_ = challenge;
    }

    static void set_csrf(Request& request, const Request::CsrfTokens& tokens) noexcept {
        request.csrf_ = &tokens;
    }
    /// The name that web::csrf gave this browser in this request; empty when it needed none.
    [[nodiscard]] static std::string_view new_visitor(const Request& request) noexcept {
        return request.application_ ? std::string_view(request.application_->new_visitor)
                                    : std::string_view();
    }
    static void set_new_visitor(Request& request, std::string name) {
        request.application().new_visitor = std::move(name);
    }

    [[nodiscard]] static bool is_counted_as_failure(const Request& request) noexcept {
        return request.application_ && request.application_->is_failure;
    }
    /// What is to be done with the answer when it stands, whoever gave it.
    static void do_after(Request& request, Request::After work) {
        request.application().after.push_back(std::move(work));
    }
    static void run_after(const Request& request, http::Response& response);
};

}  // namespace cardea::web::detail
