// SPDX-License-Identifier: Apache-2.0
#include "server/admin.h"

#include "cardea/web/response.h"
#include "server/application.h"
#include "server/runtime.h"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <fstream>
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

MetricFamily refusals(const net::ServerStats& stats) {
    MetricFamily family{
        "cardea_http_refused_total", "Requests that the engine refused, by reason.", MetricType::Counter, {}
    };
    for (std::size_t i = 0; i < stats.refusals.size(); ++i) {
        if (static_cast<net::Refusal>(i) == net::Refusal::unknown_host) {
            continue;  // refused by HostGate, not by the engine
        }
        prometheus::ClientMetric metric;
        metric.label.push_back({"reason", std::string(net::name(static_cast<net::Refusal>(i)))});
        metric.counter.value = static_cast<double>(stats.refusals[i]);
        family.metric.push_back(std::move(metric));
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
            prometheus::ClientMetric metric;
            metric.label.push_back({"provider", provider.id});
            metric.label.push_back({"outcome", std::string(name(outcome))});
            metric.counter.value = static_cast<double>(provider.counts->count(outcome));
            family.metric.push_back(std::move(metric));
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
      gate_(app_, [](const http::Request& request) { return is_inner_host(request.host); }) {}

Result<std::unique_ptr<Admin>> Admin::start(
    const std::string& address, Runtime& runtime, const net::Server& main
) {
    std::unique_ptr<Admin> admin(new Admin(runtime, main));
    Admin* self = admin.get();
    admin->app_.get("/healthz", healthy).anonymous();
    admin->app_.get("/readyz", [self](web::Request& request) { return self->ready(request); }).anonymous();
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

Task<http::Response> Admin::ready(web::Request& request) {
    // A look-up that every sign-in makes: if the store answers it, requests can be answered.
    const auto row = co_await runtime_.system().stores().accounts->find(AccountId());
    if (!row) {
        co_return request.refuse(row.error());
    }
    co_return http::Response(http::Status::ok, "text/plain; charset=utf-8", std::string_view("ready\n"));
}

http::Response Admin::metrics(web::Request&) {
    const net::ServerStats stats = main_.stats();
    const account::PasswordDesk& passwords = runtime_.system().passwords();
    const std::vector<MetricFamily> families{
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
