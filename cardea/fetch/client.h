// SPDX-License-Identifier: Apache-2.0
/// fetch: the one way out to the network, over libcurl. It asks servers that a setting or a document names,
/// and what such a name can lead to is not to be trusted: so it goes to public addresses only, over https, to
/// whoever has the certificate, follows nothing, and gives up at limits of size and time.
///
/// Invariants: an address is looked at when its socket opens, after DNS; nothing of the environment (proxies,
/// .netrc) has a say; no URL, header or body gets into a log or an error.
#pragma once

#include "cardea/base/clock.h"
#include "cardea/base/worker_pool.h"
#include "cardea/http/address.h"
#include "cardea/http/client.h"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace cardea::fetch {

/// Where requests may go, and what an answer may cost.
struct ClientOptions {
    /// Networks that are allowed beside public addresses: "10.20.0.0/16", or "127.0.0.1" while developing.
    /// Plain http is for loopback alone, and only when it is named here.
    std::vector<http::Network> allowed_networks;
    /// A PEM file of authorities to believe instead of the system's.
    std::string ca_file;
    Duration connect_timeout = std::chrono::seconds(5);
    Duration timeout = std::chrono::seconds(10);  ///< from the look-up of the name to the last byte
    std::size_t max_header_bytes = std::size_t{32} << 10U;
    std::size_t max_body_bytes = std::size_t{1} << 20U;
    std::size_t threads = 4;       ///< requests under way at the same moment
    std::size_t queue_limit = 64;  ///< requests that wait for them; one more is Errc::busy
};

/// Sends requests on threads of its own. Thread-safe; outlived by the event loops of its callers. Ends when
/// the requests that are under way have ended, which their timeout bounds.
class Client final : public http::Client {
 public:
    /// Throws std::runtime_error where libcurl is not installed.
    explicit Client(const ClientOptions& options = {});
    ~Client() override;
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    [[nodiscard]] Task<Result<http::ClientResponse>> send(http::ClientRequest request) override;

 private:
    class Transfers;

    std::unique_ptr<Transfers> transfers_;
    WorkerPool pool_;
};

}  // namespace cardea::fetch
