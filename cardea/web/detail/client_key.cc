// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/detail/client_key.h"

#include "cardea/http/address.h"
#include "cardea/ratelimit/limiter.h"

namespace cardea::web::detail {

std::string client_key(std::string_view client_address) {
    return ratelimit::make_key("address", http::limit_key(client_address));
}

}  // namespace cardea::web::detail
