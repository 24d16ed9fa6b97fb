// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/identity/forward_auth.h"
#include "cardea/identity/services.h"
#include "cardea/web/app.h"

#include <memory>

namespace cardea::identity {

/// The HTTP face of a System: who is asking, CSRF protection, the JSON API, the pages and what they load, and
/// forward auth. Thread-safe; outlives the App that it is added to, and the System outlives it.
class Site {
 public:
    Site(Services services, ForwardAuth::Options forward_auth);
    ~Site();

    /// Adds middleware and routes. `origin` is that of our own pages.
    void add_to(web::App& app, const http::Origin& origin);
    /// Adds the landing page at /, for programs that have none.
    void add_home(web::App& app);

 private:
    struct Parts;

    Services services_;
    std::unique_ptr<Parts> parts_;
};

}  // namespace cardea::identity
