// SPDX-License-Identifier: Apache-2.0
/// All that a web application needs, in namespace cardea:
///
///     #include "cardea/cardea.h"
///
///     using namespace cardea;
///
///     int main() {
///         App app;
///         app.use(sessions({.secret = env("SECRET_KEY")}));
///         app.get("/login", login_page);
///         app.post("/login", login);
///         app.get("/dashboard", requires_scopes("authenticated", {.redirect = "/login"}), dashboard);
///         return app.run();
///     }
#pragma once

#include "cardea/base/blocking.h"
#include "cardea/base/json.h"
#include "cardea/base/secret.h"
#include "cardea/html/tags.h"
#include "cardea/http/next.h"
#include "cardea/web/api_keys.h"
#include "cardea/web/app.h"
#include "cardea/web/authentication.h"
#include "cardea/web/bearer_jwt.h"
#include "cardea/web/bearer_sessions.h"
#include "cardea/web/csrf.h"
#include "cardea/web/extract.h"
#include "cardea/web/guard.h"
#include "cardea/web/housekeeping.h"
#include "cardea/web/http_basic.h"
#include "cardea/web/layouts.h"
#include "cardea/web/limit.h"
#include "cardea/web/passwords.h"
#include "cardea/web/request.h"
#include "cardea/web/response.h"
#include "cardea/web/run_options.h"
#include "cardea/web/secrets.h"
#include "cardea/web/sessions.h"
#include "cardea/web/tokens.h"

namespace cardea {

/// What applications use of the modules below, without their namespaces.
using http::safe_next;
using http::SameSite;
using http::Status;
using password::CommonPasswords;
using password::PasswordMatch;
using password::PasswordPolicy;
using session::Persistence;
using web::api_keys;
using web::App;
using web::authentication;
using web::AuthenticationBackend;
using web::bearer_jwt;
using web::BearerSessions;
using web::Body;
using web::CookieProtection;
using web::csrf_field;
using web::env;
using web::FieldRules;
using web::Flash;
using web::ForeignRequest;
using web::Form;
using web::Guard;
using web::headers_of;
using web::Housekeeping;
using web::http_basic;
using web::json_object;
using web::limit;
using web::LimitBy;
using web::LimitCounts;
using web::memory_store;
using web::Passwords;
using web::Problem;
using web::Query;
using web::redirect_to;
using web::Request;
using web::requires_scopes;
using web::Response;
using web::RunOptions;
using web::Session;
using web::SessionFormat;
using web::SessionOptions;
using web::sessions;
using web::sqlite_store;
using web::to_json;
using web::TokenPair;
using web::Tokens;
using web::User;

namespace layouts {
/// Documents around a page.
using html::layouts::plain;
using web::layouts::mvpcss;
using web::layouts::picocss;
}  // namespace layouts

}  // namespace cardea
