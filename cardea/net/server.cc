// SPDX-License-Identifier: Apache-2.0
#include "cardea/net/server.h"

#include "cardea/base/assert.h"
#include "cardea/base/cores.h"
#include "cardea/net/detail/listener.h"
#include "cardea/net/detail/loop.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <pthread.h>
#include <thread>
#include <utility>

namespace cardea::net {
namespace {

/// Where to listen, with port 0 resolved, if nobody else does.
Result<detail::Tcp::endpoint> find_free(const std::string& address) {
    Result<detail::Tcp::endpoint> wanted = detail::parse_listen_address(address);
    if (!wanted) {
        return wanted;
    }
    return detail::prove_free(*wanted);
}

/// Counts the loops that have not drained yet.
class DrainGate {
 public:
    explicit DrainGate(std::size_t loops) : left_(loops) {}

    void one_drained() {
        const std::lock_guard lock(mutex_);
        --left_;
        all_drained_.notify_one();
    }
    void wait_for(Duration deadline) {
        std::unique_lock lock(mutex_);
        all_drained_.wait_for(lock, deadline, [this] { return left_ == 0; });
    }

 private:
    std::mutex mutex_;
    std::condition_variable all_drained_;
    std::size_t left_;
};

}  // namespace

class Server::State {
 public:
    State(const ServerOptions& options, Service& service, const Clock& clock)
        : shared_{service, clock, options.limits, AllowedHosts(options.allowed_hosts), options.proxy} {
        const std::size_t cores = available_cores();
        const std::size_t threads = options.threads == 0 ? cores : options.threads;
        for (std::size_t i = 0; i < threads; ++i) {
            loops_.push_back(std::make_unique<detail::Loop>(shared_));
        }
        use_tls(options.tls);
    }
    ~State() { stop(); }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    [[nodiscard]] Result<> listen(const std::string& address) {
        const Result<detail::Tcp::endpoint> free = find_free(address);
        if (!free) {
            return fail(free.error().code, free.error().context);
        }
        for (const auto& loop : loops_) {
            Result<detail::Acceptor> listener = detail::open_listener(loop->executor(), *free);
            if (!listener) {
                return propagate(listener);
            }
            loop->listen(std::move(*listener));
        }
        addresses_.push_back(detail::to_string(*free));
        return {};
    }

    void use_tls(const std::shared_ptr<const TlsIdentity>& identity) {
        for (const auto& loop : loops_) {
            loop->use_tls(identity);
        }
    }

    void run() {
        for (const auto& loop : loops_) {
            threads_.emplace_back([&loop = *loop] { loop.run(); });
            pthread_setname_np(threads_.back().native_handle(), "cardea-io");
        }
    }

    void drain(Duration deadline) {
        // Shared: what the deadline cut off may still come to its end.
        const auto gate = std::make_shared<DrainGate>(loops_.size());
        for (const auto& loop : loops_) {
            loop->drain([gate] { gate->one_drained(); });
        }
        gate->wait_for(deadline);
    }

    void stop() {
        for (const auto& loop : loops_) {
            loop->stop();
        }
        for (std::thread& thread : threads_) {
            thread.join();
        }
        threads_.clear();
    }

    [[nodiscard]] const std::vector<std::string>& addresses() const noexcept { return addresses_; }
    [[nodiscard]] std::vector<Executor> executors() const {
        std::vector<Executor> executors;
        for (const auto& loop : loops_) {
            executors.push_back(loop->executor());
        }
        return executors;
    }
    [[nodiscard]] ServerStats stats() const noexcept {
        ServerStats stats;
        stats.connections_open = shared_.open_connections.load(std::memory_order_relaxed);
        stats.buffered_bytes = shared_.buffers.taken();
        for (const auto& loop : loops_) {
            add(loop->counters(), stats);
        }
        return stats;
    }

 private:
    static void add(const detail::Counters& counters, ServerStats& stats) noexcept {
        stats.connections_accepted += counters.accepted.value();
        stats.connections_evicted += counters.evicted.value();
        stats.requests += counters.requests.value();
        stats.failures += counters.failures.value();
        stats.timeouts += counters.timeouts.value();
        for (std::size_t i = 0; i < refusal_count; ++i) {
            stats.refusals[i] += counters.refusals[i].value();
        }
    }

    detail::Shared shared_;
    std::vector<std::unique_ptr<detail::Loop>> loops_;
    std::vector<std::thread> threads_;
    std::vector<std::string> addresses_;
};

Result<std::string> resolve_port(const std::string& address) {
    const Result<detail::Tcp::endpoint> free = find_free(address);
    if (!free) {
        return fail(free.error().code, free.error().context);
    }
    return detail::to_string(*free);
}

Result<std::unique_ptr<Server>> Server::start(
    const ServerOptions& options, Service& service, const Clock& clock
) {
    auto state = std::make_unique<State>(options, service, clock);
    if (options.listen.empty()) {
        return fail(Errc::config, "there is no address to listen on");
    }
    for (const std::string& address : options.listen) {
        Result<> listening = state->listen(address);
        if (!listening) {
            return propagate(listening);
        }
    }
    state->run();
    return std::unique_ptr<Server>(new Server(std::move(state)));
}

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}
Server::~Server() = default;

void Server::drain(Duration deadline) {
    state_->drain(deadline);
}

void Server::replace_tls(const std::shared_ptr<const TlsIdentity>& identity) {
    CARDEA_ASSERT(identity != nullptr);
    state_->use_tls(identity);
}

const std::vector<std::string>& Server::addresses() const noexcept {
    return state_->addresses();
}

std::vector<Executor> Server::executors() const {
    return state_->executors();
}

ServerStats Server::stats() const noexcept {
    return state_->stats();
}

}  // namespace cardea::net
