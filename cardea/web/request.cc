// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/request.h"

#include "cardea/http/form.h"
#include "cardea/http/media_type.h"
#include "cardea/web/detail/request_access.h"
#include "cardea/web/route.h"

#include <algorithm>
#include <stdexcept>

namespace cardea::web {

std::string_view Request::param(std::string_view name) const noexcept {
    const std::optional<std::string_view> value = find_param(name);
    CARDEA_ASSERT(value);
    return *value;
}

std::optional<std::string_view> Request::find_param(std::string_view name) const noexcept {
    const std::vector<std::string>& names = route().param_names();
    const auto found = std::ranges::find(names, name);
    return found == names.end()
               ? std::nullopt
               : std::optional(params_.values[static_cast<std::size_t>(found - names.begin())]);
}

Request::ParsedFields::ParsedFields(Result<http::Fields> parsed) : fields(std::move(parsed)) {
    if (!fields) {
        return;
    }
    if (Result<> single = fields->refuse_repeated(); !single) {
        refusal = propagate(single);
    }
}

const Request::ParsedFields& Request::parsed_query() {
    if (!query_) {
        query_.emplace(http::parse_fields(raw_.query));
    }
    return *query_;
}

const Request::ParsedFields& Request::parsed_form() {
    if (!form_ && is_encoded()) {
        form_.emplace(fail(Errc::unsupported_media_type, "an encoded body"));
    } else if (!form_) {
        form_.emplace(http::parse_form_with_lists(raw_));
    }
    return *form_;
}

const Result<http::Fields>& Request::query() {
    return parsed_query().unrepeated();
}

const Result<http::Fields>& Request::form() {
    return parsed_form().unrepeated();
}

const Result<http::Fields>& Request::query_with_lists() {
    return parsed_query().fields;
}

const Result<http::Fields>& Request::form_with_lists() {
    return parsed_form().fields;
}

Request::Application& Request::application() {
    if (!application_) {
        application_ = std::make_unique<Application>();
    }
    return *application_;
}

http::Response Request::refuse(Problem problem) const {
    if (problem.challenge.empty()) {
        problem.challenge = challenge_;
    }
    if (problem.code == Errc::unauthenticated && problem.context.empty()) {
        problem.context = why_no_session_;
    }
    return problems_.answer(raw_, problem);
}

Session& Request::session() {
    if (!application_ || !application_->session) {
        throw std::logic_error(
            "request.session() without sessions: add app.use(sessions({...})), and do not make the route "
            "anonymous"
        );
    }
    return *application_->session;
}

const User* Request::user() const {
    if (account_session_ || api_key_) {
        return account_user();
    }
    if (!application_) {
        return nullptr;
    }
    const bool asks_session = application_->session_signs_in && application_->session;
    return asks_session ? application_->session->user() : application_->user.get();
}

const User* Request::account_user() const {
    const auto* known = account_session_ ? dynamic_cast<const HasUser*>(&account_session_->subject())
                                         : dynamic_cast<const HasUser*>(&api_key_->owner());
    return known != nullptr ? &known->user() : nullptr;
}

bool Request::is_encoded() const noexcept {
    return !header("Content-Encoding").empty();
}

bool Request::has_json() const noexcept {
    return http::is_json_type(header("Content-Type"));
}

const Result<Json>& Request::json() {
    if (!json_) {
        json_ = has_json() && !is_encoded()
                    ? parse_json(raw_.body)
                    : Result<Json>(fail(Errc::unsupported_media_type, "not plain application/json"));
    }
    return *json_;
}

void detail::RequestAccess::fail_credential(Request& request, Error error) {
    request.credential_error_ = std::move(error);
    request.account_session_.reset();
    request.api_key_.reset();
    if (request.application_) {
        request.application_->user.reset();
        request.application_->session = request.application_->session ? std::make_unique<Session>() : nullptr;
    }
}

void detail::RequestAccess::run_after(const Request& request, http::Response& response) {
    if (request.application_) {
        for (const Request::After& work : request.application_->after) {
            work(response);
        }
    }
}

}  // namespace cardea::web
