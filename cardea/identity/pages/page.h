// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/http/query.h"
#include "cardea/http/response.h"
#include "cardea/identity/pages/layout.h"
#include "cardea/identity/services.h"

#include <string>

namespace cardea::identity {

/// A page as an answer. The title of one that shows a form again, because something was wrong, says so: it is
/// the first that a screen reader reads out.
[[nodiscard]] http::Response page(
    const Services& services, Frame frame, html::Node content, http::Status status = http::Status::ok
);

/// Chromium holds the redirect after a form to form-action too: who signs in for a sibling host comes back to
/// it (http/next.h). For the pages whose forms end a sign-in.
void let_forms_lead_to_siblings(const Services& services, http::Response& response);

/// Says in a header what the page says in words: when to try again.
void add_retry_after(http::Response& response, const Error& error);

/// Where somebody wanted to go who is asked to sign in first: the field `next`, whoever wrote it, where it is
/// a page of ours or of our domain; else empty.
[[nodiscard]] std::string next_of(const Services& services, const Result<http::Fields>& fields);

}  // namespace cardea::identity
