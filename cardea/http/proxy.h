// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"
#include "cardea/http/address.h"
#include "cardea/http/request.h"

#include <span>
#include <string>
#include <vector>

namespace cardea::http {

/// Which proxies are believed, and in which one header they name the client. Empty: none, and no header.
struct ProxyPolicy {
    std::string header;  ///< "X-Forwarded-For", "Forwarded" (RFC 7239), or one with a single address
    std::vector<Network> trust;
};

/// The address of the client. While `peer` is not trusted, it is the client, whatever the headers say. Else
/// it is the right-most address in the header that is not trusted (left of it stands what the client made
/// up), or the left-most one when all are. Errc::malformed when an entry that has to be read is no address:
/// then a proxy is set up wrongly, and limits must not be counted for the proxy instead.
[[nodiscard]] Result<Address> find_client_address(
    const Address& peer, std::span<const Header> headers, const ProxyPolicy& policy
);

}  // namespace cardea::http
