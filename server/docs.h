// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/web/app.h"

namespace cardea::server {

/// The pages that show /openapi.json: /docs (Swagger UI) and /redoc. They have a policy of their own, since
/// both need inline styles; scripts stay ours alone.
void add_docs(web::App& app);

}  // namespace cardea::server
