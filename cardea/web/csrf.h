// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/random.h"
#include "cardea/crypto/keyring.h"
#include "cardea/html/node.h"
#include "cardea/http/origin.h"
#include "cardea/web/middleware.h"

#include <functional>
#include <memory>
#include <string>

namespace cardea::web {

class Request;

/// What web::csrf works with; all of it outlives the App.
struct CsrfParts {
    const crypto::Keyring& keyring;
    Random& random;
    /// What tokens are bound to before sign-in: the id of the flow that the request's cookie holds, or empty.
    /// Absent: a cookie of its own, which a browser gets with the first token and loses at sign-in.
    std::function<std::string(const Request&)> flow_binding;
};

/// CSRF protection. An App with sessions({...}) has it by itself; this is for programs that bind the forms
/// before sign-in to something of their own.
///
/// Refuses unsafe requests that are not from our own pages (403), on every route: sign-in and registration
/// too. What browsers say decides; where they say nothing, the request needs a token (`csrf_token` field or
/// X-CSRF-Token header) or a JSON body. Bearer sessions and API keys are exempt, since no browser attaches
/// them by itself. Makes Request::csrf_token() work. `own` is the origin of our pages.
[[nodiscard]] std::unique_ptr<Middleware> csrf(http::Origin own, CsrfParts parts);

/// The hidden input that every form needs which changes something.
[[nodiscard]] html::Node csrf_field(Request& request);

}  // namespace cardea::web
