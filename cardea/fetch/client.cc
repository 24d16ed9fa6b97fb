// SPDX-License-Identifier: Apache-2.0
#include "cardea/fetch/client.h"

#include "cardea/fetch/detail/transfer.h"

#include <mutex>

namespace cardea::fetch {
namespace {

WorkerPoolOptions pool_options(const ClientOptions& options) {
    return {.name = "fetch", .threads = options.threads, .queue_limit = options.queue_limit};
}

}  // namespace

/// Runs transfers on the handles that earlier ones left: a handle keeps the authorities it has read.
class Client::Transfers {
 public:
    explicit Transfers(const ClientOptions& options)
        : options_(options), destinations_(options_.allowed_networks) {}

    Result<http::ClientResponse> run(const http::ClientRequest& request) {
        if (Result<> allowed = destinations_.check(request.url()); !allowed) {
            return propagate(allowed);
        }
        detail::EasyHandle handle = take_handle();
        if (!handle) {
            return fail(Errc::internal, "fetch: libcurl has no handle");
        }
        Result<http::ClientResponse> response =
            detail::Transfer(handle.get(), request, {options_, destinations_}).run();
        give_back(std::move(handle));
        return response;
    }

 private:
    detail::EasyHandle take_handle() {
        const std::lock_guard lock(mutex_);
        if (idle_.empty()) {
            return detail::EasyHandle(curl_.easy_init());
        }
        detail::EasyHandle handle = std::move(idle_.back());
        idle_.pop_back();
        return handle;
    }

    void give_back(detail::EasyHandle handle) {
        const std::lock_guard lock(mutex_);
        idle_.push_back(std::move(handle));
    }

    const detail::Libcurl& curl_ = detail::Libcurl::get();
    const ClientOptions options_;
    const Destinations destinations_;
    std::mutex mutex_;
    std::vector<detail::EasyHandle> idle_;  // at most one for each thread
};

Client::Client(const ClientOptions& options)
    : transfers_(std::make_unique<Transfers>(options)), pool_(pool_options(options)) {}

Client::~Client() = default;

Task<Result<http::ClientResponse>> Client::send(http::ClientRequest request) {
    auto job = [transfers = transfers_.get(), request = std::move(request)] {
        return transfers->run(request);
    };
    co_return co_await pool_.run(std::move(job));
}

}  // namespace cardea::fetch
