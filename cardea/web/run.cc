// SPDX-License-Identifier: Apache-2.0
// App::run() and Housekeeping: the program around an App.
#include "cardea/log/log.h"
#include "cardea/net/server.h"
#include "cardea/net/tls.h"
#include "cardea/web/app.h"
#include "cardea/web/housekeeping.h"
#include "cardea/web/run_options.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <exception>
#include <fstream>
#include <iterator>
#include <thread>
#include <tuple>

namespace cardea::web {
namespace {

namespace asio = boost::asio;

constexpr Duration drain_deadline = std::chrono::seconds(10);
constexpr std::chrono::minutes maintenance_interval(1);
constexpr int exit_misuse = 2;

/// The command line as the kernel keeps it, so that main() needs no parameters. Without it, somebody who
/// asked for TLS would get plain http.
Result<std::vector<std::string>> command_line() {
    std::ifstream file("/proc/self/cmdline", std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    if (text.empty()) {
        return fail(Errc::config, "the command line cannot be read: /proc/self/cmdline is not there");
    }
    std::vector<std::string> arguments;
    for (auto begin = text.begin(); begin != text.end();) {
        const auto end = std::find(begin, text.end(), '\0');
        arguments.emplace_back(begin, end);
        begin = end == text.end() ? end : std::next(end);
    }
    return arguments;
}

void write(std::FILE* file, const std::string& text) {
    std::ignore = std::fwrite(text.data(), 1, text.size(), file);  // nobody may be listening
    std::ignore = std::fflush(file);
}

int refuse_to_start(const Error& error) {
    write(stderr, error.context + "\n");
    return exit_misuse;
}

/// An exception here is a bug or the end of memory: the program goes on, and says so.
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

/// Errc::config with a sentence when the certificate or its key cannot be used.
Result<net::ServerOptions> server_options(const RunOptions& options, std::string_view public_url) {
    net::ServerOptions server;
    server.listen = options.listen;
    server.threads = options.workers;
    server.allowed_hosts = hosts_of(options, public_url);
    server.proxy = options.proxy;
    if (!options.tls_certificate.empty()) {
        Result<std::shared_ptr<const net::TlsIdentity>> tls =
            net::TlsIdentity::load({.certificate = options.tls_certificate, .key = options.tls_key});
        if (!tls) {
            return propagate(tls);
        }
        server.tls = std::move(*tls);
    }
    return server;
}

std::string banner(const std::string& public_url, const std::vector<std::string>& addresses) {
    std::string text = "Ready at " + public_url + " (listening on ";
    for (std::size_t i = 0; i < addresses.size(); ++i) {
        text.append(i == 0 ? "" : ", ").append(addresses[i]);
    }
    return text + "; Ctrl-C stops)\n";
}

}  // namespace

Task<> App::maintain_every_minute() const {
    const auto executor = co_await asio::this_coro::executor;
    asio::basic_waitable_timer<
        std::chrono::steady_clock,
        asio::wait_traits<std::chrono::steady_clock>,
        Executor>
        timer(executor);
    while (true) {
        timer.expires_after(maintenance_interval);
        co_await timer.async_wait(use_task);
        try {
            co_await maintain();
        } catch (...) {
            log_failure(std::current_exception());
        }
    }
}

/// What was left to be written, while something still serves it.
void write_what_is_left(const App& app) {
    asio::io_context last(1);
    asio::co_spawn(last, app.maintain(), log_failure);
    last.run_for(drain_deadline);
}

class Housekeeping::Loop {
 public:
    Loop(const App& app, std::function<void()> on_end)
        : app_(app), signals_(context_, SIGTERM, SIGINT), on_end_(std::move(on_end)) {
        signals_.async_wait([this](const boost::system::error_code& failure, int) {
            if (!failure) {
                on_end_();
            }
        });
        asio::co_spawn(context_, app_.maintain_every_minute(), log_failure);
        thread_ = std::thread([this] { context_.run(); });
    }
    ~Loop() {
        context_.stop();
        thread_.join();
        write_what_is_left(app_);
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

/// The loop of the signals and the housekeeping, until the first signal; then what is left to write, while
/// the loops of the server, on which some of it may be under way, still run.
void App::serve(net::Server& server) const {
    asio::io_context context(1);
    asio::signal_set signals(context, SIGTERM, SIGINT);
    signals.async_wait([&context](const boost::system::error_code&, int) { context.stop(); });
    asio::co_spawn(context, maintain_every_minute(), log_failure);
    context.run();
    server.drain(drain_deadline);
    write_what_is_left(*this);
}

Result<> App::run_with(RunOptions options) {
    if (options.public_url.empty()) {
        options.public_url = options_.public_url;
    }
    Result<std::string> public_url = public_url_of(options);
    if (!public_url) {
        return propagate(public_url);
    }
    options_.public_url = std::move(*public_url);
    only_this_machine_ = is_for_this_machine(options);
    if (Result<> started = start(); !started) {
        return started;
    }
    Result<net::ServerOptions> listening = server_options(options, options_.public_url);
    if (!listening) {
        return propagate(listening);
    }
    Result<std::unique_ptr<net::Server>> server = net::Server::start(*listening, *this, *options_.clock);
    if (!server) {
        return propagate(server);
    }
    write(stdout, banner(origin_->text(), (*server)->addresses()));
    serve(**server);
    return {};
}

int App::run() {
    return run(RunOptions());
}

int App::run(RunOptions said_before) {
    const Result<std::vector<std::string>> line = command_line();
    if (!line) {
        return refuse_to_start(line.error());
    }
    const std::span<const std::string> all(*line);
    const Result<RunOptions> options =
        parse_run_options(all.subspan(std::min<std::size_t>(1, all.size())), std::move(said_before));
    if (!options) {
        return refuse_to_start(options.error());
    }
    if (options->help) {
        write(stdout, "Usage: " + line->front() + " [OPTION]...\n");
        write(stdout, std::string(run_help));
        return 0;
    }
    const Result<> ran = run_with(*options);
    return ran ? 0 : refuse_to_start(ran.error());
}

}  // namespace cardea::web
