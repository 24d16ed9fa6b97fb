// SPDX-License-Identifier: Apache-2.0
#include "server/serve.h"

#include "cardea/log/log.h"
#include "cardea/net/file_limit.h"
#include "cardea/net/server.h"
#include "cardea/web/stop_signals.h"
#include "server/admin.h"
#include "server/application.h"
#include "server/banner.h"
#include "server/config/rules.h"
#include "server/config/values.h"
#include "server/control/control_socket.h"
#include "server/housekeeping.h"
#include "server/listen.h"
#include "server/runtime.h"
#include "server/spawn.h"

#include <boost/asio/signal_set.hpp>

#include <utility>

namespace cardea::server {
namespace {

constexpr Duration drain_deadline = std::chrono::seconds(10);

net::ServerOptions server_options(const Config& config) {
    net::ServerOptions options;
    options.listen = listen_addresses(config);
    options.threads = config.workers;
    options.limits.connections = net::raise_file_limit(config.limits.connections);
    options.limits.buffered_bytes = config.limits.buffer_mib * 1024 * 1024;
    options.proxy = config.proxy;
    return options;
}

/// Ports that the kernel chooses are chosen before anything asks where we are.
Result<> choose_ports(Config& config) {
    for (std::string& address : config.listen) {
        const Result<Endpoint> wanted = parse_endpoint(address);
        if (wanted && wanted->port != 0) {
            continue;
        }
        Result<std::string> resolved = net::resolve_port(address);
        if (!resolved) {
            return propagate(resolved);
        }
        address = std::move(*resolved);
    }
    derive_public_url(config);
    return {};
}

/// Runs the loop of the signals, the commands and the housekeeping until the first signal.
void run_until_signal(boost::asio::io_context& context) {
    boost::asio::signal_set signals(context);
    for (const int signal : web::stop_signals()) {
        signals.add(signal);
    }
    signals.async_wait([&context](const boost::system::error_code&, int) { context.stop(); });
    context.run();
}

void tell_migrations(const SchemaState& schema) {
    if (schema.applied > 0) {
        log::info("database.migrated", {{"schema", schema.version}, {"applied", schema.applied}});
    }
}

/// The start has read a sample of the stored hashes (account/password_mix.h): where that met damage, sign-ins
/// would.
Result<> check_reads_of_start(const sql::SqliteDatabase& database) {
    if (database.errors().count(Errc::store_corrupt) == 0) {
        return {};
    }
    const std::string what = "the accounts cannot be read";
    log::error("database.damaged", {{"first", what}});
    return fail(Errc::store_corrupt, what);
}

Task<> find_accounts(Runtime& runtime, Accounts& found) {
    const account::Page first{.limit = 1};
    Result<std::vector<account::AccountRecord>> accounts = co_await runtime.list_accounts(first);
    found = accounts && accounts->empty() ? Accounts::none : Accounts::some;
}

/// For the banner alone, while nothing else waits on the loop.
Accounts find_accounts_and_wait(Runtime& runtime, boost::asio::io_context& context) {
    Accounts found = Accounts::some;
    spawn(context, find_accounts(runtime, found), "find_accounts");
    context.run();
    context.restart();
    return found;
}

Task<> write_out(Runtime& runtime, boost::asio::io_context& context) {
    co_await runtime.system().write_out();
    context.stop();  // commands and housekeeping wait there still
}

/// Nothing that was answered waits for this; it is what may be lost in a crash.
void write_out_and_wait(Runtime& runtime, boost::asio::io_context& context) {
    context.restart();
    spawn(context, write_out(runtime, context), "write_out");
    context.run_for(std::chrono::seconds(5));
}

}  // namespace

Result<> serve(Config config) {
    if (Result<> chosen = choose_ports(config); !chosen) {
        return chosen;
    }
    // Before the runtime, which comes back to it with what its threads have done.
    boost::asio::io_context context(1);
    Result<std::unique_ptr<Runtime>> runtime = Runtime::open(config, Opening::make_missing);
    if (!runtime) {
        return propagate(runtime);
    }
    tell_migrations((*runtime)->schema());
    const Accounts accounts = find_accounts_and_wait(**runtime, context);
    if (Result<> whole = check_reads_of_start((*runtime)->database()); !whole) {
        return whole;
    }
    Result<std::unique_ptr<Application>> application = Application::make(config, **runtime);
    if (!application) {
        return propagate(application);
    }
    Result<std::unique_ptr<net::Server>> server =
        net::Server::start(server_options(config), (*application)->service(), (*runtime)->clock());
    if (!server) {
        return propagate(server);
    }
    std::unique_ptr<Admin> admin;
    if (!config.admin_listen.empty()) {
        Result<std::unique_ptr<Admin>> started = Admin::start(config.admin_listen, **runtime, **server);
        if (!started) {
            return propagate(started);
        }
        admin = std::move(*started);
    }
    Result<std::unique_ptr<ControlSocket>> control =
        ControlSocket::listen(context.get_executor(), config.data / control_socket_name, **runtime);
    if (!control) {
        return propagate(control);
    }
    start_housekeeping(context, **runtime);
    tell_ready(config, (*runtime)->root_secret(), (*server)->addresses(), accounts);

    run_until_signal(context);
    log::info("stop.draining");
    (*server)->drain(drain_deadline);
    write_out_and_wait(**runtime, context);
    log::info("stop.done");
    return {};
}

}  // namespace cardea::server
