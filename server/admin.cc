// SPDX-License-Identifier: Apache-2.0
#include "server/admin.h"

#include "cardea/web/response.h"
#include "server/application.h"
#include "server/runtime.h"
#include "server/version.h"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <fstream>
#include <sstream>
#include <sys/resource.h>
#include <unistd.h>
#include <vector>

namespace cardea::server {
namespace {

using prometheus::MetricFamily;
using prometheus::MetricType;

template <class Number>
MetricFamily counter(std::string name, std::string help, Number value) {
    prometheus::ClientMetric metric;
    metric.counter.value = static_cast<double>(value);
    return {std::move(name), std::move(help), MetricType::Counter, {std::move(metric)}};
}

template <class Number>
MetricFamily gauge(std::string name, std::string help, Number value) {
    prometheus::ClientMetric metric;
    metric.gauge.value = static_cast<double>(value);
    return {std::move(name), std::move(help), MetricType::Gauge, {std::move(metric)}};
}

using Labels = std::vector<prometheus::ClientMetric::Label>;

void add(MetricFamily& counters, Labels labels, std::uint64_t count) {
    prometheus::ClientMetric metric;
    metric.label = std::move(labels);
    metric.counter.value = static_cast<double>(count);
    counters.metric.push_back(std::move(metric));
}

MetricFamily build_info() {
    MetricFamily family = gauge("cardea_build_info", "1, with the version of the program.", 1);
    family.metric.front().label.push_back({"version", std::string(version)});
    return family;
}

MetricFamily sign_ins(const audit::SignInCounts& counts) {
    MetricFamily family{
        "cardea_sign_ins_total",
        "Sign-ins by password or provider, by outcome.",
        MetricType::Counter,
        {},
    };
    for (std::size_t i = 0; i < audit::sign_in_outcomes; ++i) {
        const auto outcome = static_cast<audit::SignInOutcome>(i);
        add(family, {{"outcome", std::string(name(outcome))}}, counts.count(outcome));
    }
    return family;
}

void add_code(MetricFamily& family, const ErrcCounts& counts, Errc code) {
    add(family, {{"code", std::string(name(code))}}, counts.count(code));
}

MetricFamily refusals_by_code(const ErrcCounts& counts) {
    MetricFamily family{
        "cardea_refused_total",
        "Refusals that were answered with a reference, by error code.",
        MetricType::Counter,
        {},
    };
    for (std::size_t i = 0; i < errc_count; ++i) {
        add_code(family, counts, static_cast<Errc>(i));
    }
    return family;
}

MetricFamily store_errors(const ErrcCounts& counts) {
    MetricFamily family{
        "cardea_store_errors_total",
        "Reads and writes that the database did not do, by error code.",
        MetricType::Counter,
        {},
    };
    for (const Errc code : {Errc::store_unavailable, Errc::store_corrupt, Errc::busy}) {
        add_code(family, counts, code);
    }
    return family;
}

MetricFamily refusals(const net::ServerStats& stats) {
    MetricFamily family{
        "cardea_http_refused_total", "Requests that the engine refused, by reason.", MetricType::Counter, {}
    };
    for (std::size_t i = 0; i < stats.refusals.size(); ++i) {
        if (static_cast<net::Refusal>(i) == net::Refusal::unknown_host) {
            continue;  // refused by HostGate, not by the engine
        }
        add(family, {{"reason", std::string(net::name(static_cast<net::Refusal>(i)))}}, stats.refusals[i]);
    }
    return family;
}

MetricFamily provider_sign_ins(const identity::Providers& providers) {
    MetricFamily family{
        "cardea_provider_sign_ins_total",
        "Ways to a provider and back, by provider and outcome.",
        MetricType::Counter,
        {},
    };
    for (const identity::Provider& provider : providers.all()) {
        for (std::size_t i = 0; i < identity::provider_outcomes; ++i) {
            const auto outcome = static_cast<identity::ProviderOutcome>(i);
            const std::string outcome_name(name(outcome));
            add(family,
                {{"provider", provider.id}, {"outcome", outcome_name}},
                provider.counts->count(outcome));
        }
    }
    return family;
}

double resident_bytes() {
    std::ifstream statm("/proc/self/statm");
    double total = 0;
    double resident = 0;
    statm >> total >> resident;
    return resident * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

/// In seconds since 1970; 0 where the kernel does not say.
double start_time() {
    std::ifstream stat("/proc/self/stat");
    std::string text;
    std::getline(stat, text);
    std::istringstream rest(text.substr(text.rfind(')') + 1));  // the name before it may hold anything
    constexpr int fields_between = 19;                          // proc(5): from the 3rd to the 22nd
    std::string skipped;
    for (int i = 0; i < fields_between; ++i) {
        rest >> skipped;
    }
    double ticks_after_boot = 0;
    rest >> ticks_after_boot;
    std::ifstream system("/proc/stat");
    for (std::string name; system >> name; std::getline(system, skipped)) {
        double boot = 0;
        if (name == "btime" && system >> boot) {
            return boot + ticks_after_boot / static_cast<double>(::sysconf(_SC_CLK_TCK));
        }
    }
    return 0;
}

double cpu_seconds() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

}  // namespace

Admin::Admin(Runtime& runtime, const net::Server& main)
    : runtime_(runtime),
      main_(main),
      readiness_(runtime.database(), runtime.clock()),
      gate_(app_, [](const http::Request& request) { return is_inner_host(request.host); }) {}

Result<std::unique_ptr<Admin>> Admin::start(
    const std::string& address, Runtime& runtime, const net::Server& main
) {
    std::unique_ptr<Admin> admin(new Admin(runtime, main));
    Admin* self = admin.get();
    admin->app_.get("/healthz", healthy).anonymous();
    admin->app_.get("/readyz", [self](web::Request&) { return self->ready(); }).anonymous();
    admin->app_.get("/metrics", [self](web::Request& request) { return self->metrics(request); }).anonymous();
    if (Result<> started = admin->app_.start(); !started) {
        return propagate(started);
    }
    net::ServerOptions options;
    options.listen = {address};
    options.threads = 1;
    options.limits.connections = 64;  // out of the files that the public server leaves to others
    Result<std::unique_ptr<net::Server>> server = net::Server::start(options, admin->gate_, runtime.clock());
    if (!server) {
        return propagate(server);
    }
    admin->server_ = std::move(*server);
    return admin;
}

Task<http::Response> Admin::ready() {
    const ReadyState state = co_await readiness_.ask();
    const bool is_ready = state == ReadyState::ready;
    const http::Status status = is_ready ? http::Status::ok : http::Status::service_unavailable;
    co_return http::Response(status, "text/plain; charset=utf-8", std::string(name(state)) + "\n");
}

http::Response Admin::metrics(web::Request&) {
    const net::ServerStats stats = main_.stats();
    const account::PasswordDesk& passwords = runtime_.system().passwords();
    const std::vector<MetricFamily> families{
        build_info(),
        sign_ins(runtime_.system().audit().sign_ins()),
        refusals_by_code(runtime_.system().references().made()),
        store_errors(runtime_.database().errors()),
        gauge("cardea_http_connections", "Open connections.", stats.connections_open),
        counter("cardea_http_connections_total", "Connections accepted.", stats.connections_accepted),
        counter(
            "cardea_http_connections_evicted_total",
            "Connections closed to make room while their client kept them waiting.",
            stats.connections_evicted
        ),
        gauge(
            "cardea_http_buffered_bytes",
            "Long bodies, and answers that clients do not take, in memory: of `limits.buffers`.",
            stats.buffered_bytes
        ),
        counter("cardea_http_requests_total", "Requests answered.", stats.requests),
        counter("cardea_http_failures_total", "Requests answered 500.", stats.failures),
        counter("cardea_http_timeouts_total", "Connections cut by a deadline.", stats.timeouts),
        refusals(stats),
        gauge("cardea_password_queue", "Password checks that wait.", passwords.queued()),
        gauge("cardea_password_active", "Password checks that run.", passwords.active()),
        provider_sign_ins(runtime_.system().providers()),
        counter(
            "cardea_audit_dropped_total",
            "Audit notes that were dropped.",
            runtime_.system().audit().dropped()
        ),
        gauge("process_start_time_seconds", "When the process started, since 1970.", start_time()),
        gauge("process_resident_memory_bytes", "Resident memory.", resident_bytes()),
        counter("process_cpu_seconds_total", "User and system CPU time.", cpu_seconds()),
    };
    return {
        http::Status::ok,
        "text/plain; version=0.0.4; charset=utf-8",
        prometheus::TextSerializer().Serialize(families)
    };
}

}  // namespace cardea::server
