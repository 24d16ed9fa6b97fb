// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/housekeeping.h"

#include "cardea/base/repeat_every.h"
#include "cardea/log/log.h"
#include "cardea/web/app.h"
#include "cardea/web/detail/maintenance.h"
#include "cardea/web/stop_signals.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <exception>
#include <thread>
#include <utility>

namespace cardea::web {
namespace {

namespace asio = boost::asio;

constexpr Duration write_deadline = std::chrono::seconds(10);
constexpr std::chrono::minutes maintenance_interval(1);

}  // namespace

namespace detail {

void log_failure(const std::exception_ptr& failure) {
    if (!failure) {
        return;
    }
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& exception) {
        log::error("app.maintenance_failed", {{"what", std::string_view(exception.what())}});
    } catch (...) {
        log::error("app.maintenance_failed", {{"what", "no std::exception"}});
    }
}

void write_what_is_left(const App& app) {
    asio::io_context last(1);
    asio::co_spawn(last, app.maintain(), log_failure);
    last.run_for(write_deadline);
}

}  // namespace detail

Task<> App::maintain_every_minute() const {
    return repeat_every(maintenance_interval, [this] { return maintain(); }, detail::log_failure);
}

class Housekeeping::Loop {
 public:
    Loop(const App& app, std::function<void()> on_end)
        : app_(app), signals_(context_), on_end_(std::move(on_end)) {
        for (const int signal : stop_signals()) {
            signals_.add(signal);
        }
        signals_.async_wait([this](const boost::system::error_code& failure, int) {
            if (!failure) {
                on_end_();
            }
        });
        asio::co_spawn(context_, app_.maintain_every_minute(), detail::log_failure);
        thread_ = std::thread([this] { context_.run(); });
    }
    ~Loop() {
        context_.stop();
        thread_.join();
        detail::write_what_is_left(app_);
    }
    Loop(const Loop&) = delete;
    Loop& operator=(const Loop&) = delete;

 private:
    const App& app_;
    asio::io_context context_{1};
    asio::signal_set signals_;
    std::function<void()> on_end_;
    std::thread thread_;
};

Housekeeping::Housekeeping(const App& app, std::function<void()> on_end)
    : loop_(std::make_unique<Loop>(app, std::move(on_end))) {}

Housekeeping::~Housekeeping() = default;

}  // namespace cardea::web
