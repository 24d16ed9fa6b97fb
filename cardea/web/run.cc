// SPDX-License-Identifier: Apache-2.0
// App::run(): the program around an App.
#include "cardea/net/file_limit.h"
#include "cardea/net/server.h"
#include "cardea/net/tls.h"
#include "cardea/web/app.h"
#include "cardea/web/detail/maintenance.h"
#include "cardea/web/run_options.h"
#include "cardea/web/stop_signals.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <tuple>

namespace cardea::web {
namespace {

namespace asio = boost::asio;

constexpr Duration drain_deadline = std::chrono::seconds(10);
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

/// Errc::config with a sentence when the certificate or its key cannot be used.
Result<net::ServerOptions> server_options(const RunOptions& options) {
    net::ServerOptions server;
    server.listen = options.listen;
    server.threads = options.workers;
    server.limits.connections = net::raise_file_limit(server.limits.connections);
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

/// The loop of the signals and the housekeeping, until the first signal; then what is left to write, while
/// the loops of the server, on which some of it may be under way, still run.
void App::serve(net::Server& server) const {
    asio::io_context context(1);
    asio::signal_set signals(context);
    for (const int signal : stop_signals()) {
        signals.add(signal);
    }
    signals.async_wait([&context](const boost::system::error_code&, int) { context.stop(); });
    asio::co_spawn(context, maintain_every_minute(), detail::log_failure);
    context.run();
    server.drain(drain_deadline);
    detail::write_what_is_left(*this);
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
    hosts_ = net::AllowedHosts(hosts_of(options, options_.public_url));
    if (Result<> started = start(); !started) {
        return started;
    }
    Result<net::ServerOptions> listening = server_options(options);
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
