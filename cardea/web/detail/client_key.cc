// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/detail/client_key.h"

#include "cardea/http/address.h"
#include "cardea/ratelimit/limiter.h"

namespace cardea::web::detail {

std::string client_key(std::string_view client_address) {
    constexpr std::string_view kind = "address";
    const Result<http::Address> address = http::parse_address(client_address);
    return address ? ratelimit::make_key(kind, *address) : ratelimit::make_key(kind, client_address);
}

}  // namespace cardea::web::detail
