// SPDX-License-Identifier: Apache-2.0
#include "cardea/identity/site.h"

#include "cardea/identity/api/api.h"
#include "cardea/identity/assets.h"
#include "cardea/identity/pages/federation_pages.h"
#include "cardea/identity/pages/pages.h"
#include "cardea/web/account_api_keys.h"
#include "cardea/web/account_sessions.h"
#include "cardea/web/assets.h"
#include "cardea/web/csrf.h"

#include <utility>

namespace cardea::identity {

struct Site::Parts {
    Api api;
    Pages pages;
    FederationPages federation;
    ForwardAuth forward_auth;
};

Site::Site(Services services, ForwardAuth::Options forward_auth)
    : services_(std::move(services)),
      parts_(new Parts{
          Api(services_), Pages(services_), FederationPages(services_), ForwardAuth(std::move(forward_auth))
      }) {}

Site::~Site() = default;

void Site::add_to(web::App& app, const http::Origin& origin) {
    app.use(web::account_sessions(services_.sessions, services_.cookies.session));
    app.use(web::account_api_keys(services_.api_keys, services_.cookies.session));
    app.use(web::csrf(
        origin,
        {
            .keyring = services_.keyring,
            .random = services_.random,
            .flow_binding =
                [this](const web::Request& request) {
                    std::string own = parts_->federation.flow_binding(request);
                    return own.empty() ? parts_->pages.flow_binding(request) : own;
                },
        }
    ));
    parts_->api.add_routes(app);
    parts_->pages.add_routes(app);
    parts_->federation.add_routes(app);
    parts_->forward_auth.add_routes(app);
    web::serve_assets(app, assets());
}

void Site::add_home(web::App& app) {
    parts_->pages.add_home(app);
}

}  // namespace cardea::identity
