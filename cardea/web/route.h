// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/http/request.h"
#include "cardea/http/response.h"
#include "cardea/web/guard.h"
#include "cardea/web/handler.h"

#include <string>
#include <utility>
#include <vector>

namespace cardea::web {

class Request;

/// One line of an OpenAPI `responses` object. `schema` names one given to App::schema, or is empty.
struct RouteAnswer {
    http::Status status;
    std::string description;
    std::string schema;
    bool has_body = true;                                           ///< false: nothing but headers
    std::vector<std::pair<std::string, std::string>> headers = {};  ///< names and what they hold
};

/// One row of the route table: method, pattern, guard, handler, and the words that /openapi.json shows.
class Route {
 public:
    Route(http::Method method, std::string pattern, std::vector<Guard> guards, Handler handler);

    Route& summary(std::string text);
    Route& tag(std::string text);
    /// The JSON body the route takes, by the name of its schema.
    Route& takes(std::string schema);
    /// One of the answers; a refusal is problem+json unless a schema of its own is named.
    Route& answers(http::Status status, std::string description, std::string schema = {});
    /// The same for an answer without a body.
    Route& answers_empty(http::Status status, std::string description);
    /// A header of the answer that was named last. WWW-Authenticate of a 401, and Retry-After of a 429 and a
    /// 503, are there without it.
    Route& answer_header(std::string name, std::string description);
    /// What generated clients call the route; each name once. Without it, one is made of method and pattern.
    Route& operation_id(std::string id);
    /// Nobody asks here who is asking: no cookie is read and no session looked for (assets, health).
    Route& anonymous();
    /// Credentials that are ambiguous, or that could not be checked, count as nobody's instead of being
    /// refused: for routes that answer nothing but 200 and 401 (forward auth).
    Route& ignoring_credential_errors();
    /// Takes unsafe requests from clients that send neither Sec-Fetch-Site nor Origin, without a token.
    Route& accepts_headerless_clients();
    /// Leaves the route out of the OpenAPI document (pages).
    Route& hidden();

    [[nodiscard]] http::Method method() const noexcept { return method_; }
    [[nodiscard]] const std::string& pattern() const noexcept { return pattern_; }
    /// The names in the pattern, in their order.
    [[nodiscard]] const std::vector<std::string>& param_names() const noexcept { return param_names_; }
    /// In the order in which they are asked.
    [[nodiscard]] const std::vector<Guard>& guards() const noexcept { return guards_; }
    /// The first guard of that kind, or nullptr.
    [[nodiscard]] const Guard* find_guard(bool (*is_it)(const Guard&) noexcept) const noexcept;
    [[nodiscard]] Result<> start_guards(Setup& setup) const;
    /// Whether a guard refuses whoever is not signed in.
    [[nodiscard]] bool needs_sign_in() const noexcept;
    [[nodiscard]] const Handler& handler() const noexcept { return handler_; }
    [[nodiscard]] const std::string& summary() const noexcept { return summary_; }
    [[nodiscard]] const std::string& tag() const noexcept { return tag_; }
    [[nodiscard]] const std::string& operation_id() const noexcept { return operation_id_; }
    [[nodiscard]] const std::string& takes() const noexcept { return takes_; }
    [[nodiscard]] const std::vector<RouteAnswer>& answers() const noexcept { return answers_; }
    [[nodiscard]] bool is_anonymous() const noexcept { return anonymous_; }
    [[nodiscard]] bool ignores_credential_errors() const noexcept { return ignores_credential_errors_; }
    [[nodiscard]] bool takes_headerless_clients() const noexcept { return headerless_; }
    [[nodiscard]] bool is_hidden() const noexcept { return hidden_; }

 private:
    http::Method method_;
    std::string pattern_;
    std::vector<std::string> param_names_;
    std::vector<Guard> guards_;
    Handler handler_;
    std::string summary_;
    std::string tag_;
    std::string operation_id_;
    std::string takes_;
    std::vector<RouteAnswer> answers_;
    bool anonymous_ = false;
    bool ignores_credential_errors_ = false;
    bool headerless_ = false;
    bool hidden_ = false;
};

}  // namespace cardea::web
