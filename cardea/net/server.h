// SPDX-License-Identifier: Apache-2.0
/// net: the HTTP/1.1 engine. One event loop per thread, each with its own listening sockets (SO_REUSEPORT)
/// and connections that never leave it. A connection reads into one flat buffer, answers every complete
/// request in order, and sends what it has with one write. Malformed or ambiguous requests are refused by the
/// engine and never reach the service. It knows nothing of routes, sessions or pages.
#pragma once

#include "cardea/base/clock.h"
#include "cardea/base/result.h"
#include "cardea/base/task.h"
#include "cardea/http/proxy.h"
#include "cardea/net/limits.h"
#include "cardea/net/refusal.h"
#include "cardea/net/service.h"
#include "cardea/net/tls.h"

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace cardea::net {

/// Where a server listens, on how many threads, and what it puts up with.
struct ServerOptions {
    /// Where to listen: `127.0.0.1:8080`, `[::1]:8080`, `0.0.0.0:80`. An IPv6 address takes no IPv4 clients.
    /// Port 0 lets the system choose: see Server::addresses().
    std::vector<std::string> listen;
    /// Event loops, each on a thread of its own. 0 takes one per core.
    std::size_t threads = 0;
    Limits limits;
    /// The Host values answered to, `host` or `host:port`; any other is 421. Empty answers to all.
    std::vector<std::string> allowed_hosts;
    /// With it, every address speaks TLS and nothing else.
    std::shared_ptr<const TlsIdentity> tls;
    /// Who may say in which header where a request came from. Nobody, by default.
    http::ProxyPolicy proxy;
};

/// Counts since the start, summed over the threads. For metrics: values may be a moment old.
struct ServerStats {
    std::uint64_t connections_open = 0;
    std::uint64_t connections_accepted = 0;
    std::uint64_t connections_evicted = 0;  ///< closed while their client kept them waiting, to make room
    std::uint64_t buffered_bytes = 0;       ///< held now, of Limits::buffered_bytes
    std::uint64_t requests = 0;
    std::uint64_t failures = 0;  ///< requests whose service threw and that were answered 500
    std::uint64_t timeouts = 0;  ///< connections cut by a deadline
    std::array<std::uint64_t, refusal_count> refusals{};  ///< by Refusal
};

/// The address with the port that the kernel chooses where it asks for any (`127.0.0.1:0`), for who must know
/// it before the server is there; until then, somebody may take it. Errors as of Server::start.
[[nodiscard]] Result<std::string> resolve_port(const std::string& address);

/// A running server. Destroying it stops at once; drain() first lets requests finish.
class Server {
 public:
    /// Binds every address and starts the threads. Errc::config when an address is no address, Errc::io with
    /// a sentence that names the address when it is taken or not ours. `service` and `clock` outlive the
    /// server.
    [[nodiscard]] static Result<std::unique_ptr<Server>> start(
        const ServerOptions& options, Service& service, const Clock& clock
    );
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Stops accepting, closes idle connections, lets running requests end, and returns when all did, or when
    /// `deadline` has passed. The event loops go on, since work that requests left behind may be theirs (a
    /// row that is being written); what is left of requests is cut when the server is destroyed. Blocks;
    /// called once, from no thread of the server.
    void drain(Duration deadline);

    /// Shows new connections another certificate; those that exist keep theirs. Only for a server that speaks
    /// TLS. Thread-safe.
    void replace_tls(const std::shared_ptr<const TlsIdentity>& identity);

    /// The addresses it listens on, in the order of the options, ports resolved.
    [[nodiscard]] const std::vector<std::string>& addresses() const noexcept;
    /// The event loop of each thread, for work that belongs on them.
    [[nodiscard]] std::vector<Executor> executors() const;
    [[nodiscard]] ServerStats stats() const noexcept;

 private:
    class State;
    explicit Server(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace cardea::net
