// SPDX-License-Identifier: Apache-2.0
#include "cardea/ratelimit/limiter.h"

namespace cardea::ratelimit {

std::string make_key(std::string_view kind, std::string_view subject) {
    std::string key;
    key.reserve(kind.size() + 1 + subject.size());
    key += kind;
    key += '\0';
    key += subject;
    return key;
}

std::string make_key(std::string_view kind, const http::Address& address, unsigned ipv6_prefix) {
    return make_key(kind, address.limit_key(ipv6_prefix));
}

}  // namespace cardea::ratelimit
