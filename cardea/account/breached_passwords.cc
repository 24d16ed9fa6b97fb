// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/breached_passwords.h"

#include "cardea/log/log.h"
#include "cardea/password/breach_query.h"

namespace cardea::account {

Result<BreachedPasswords> BreachedPasswords::make(BreachOptions options, http::Client& http) {
    if (!http::parse_url(options.service + "00000")) {
        return fail(Errc::config, "The service for breached passwords is a URL that ends in a slash.");
    }
    return BreachedPasswords(std::move(options), http);
}

Task<Result<>> BreachedPasswords::check(const password::Password& password) const {
    Result<std::uint64_t> breaches = co_await count(password);
    if (!breaches) {
        log::warning("password.breaches_unknown", {{"error", breaches.error()}});
        if (options_.when_unavailable == WhenUnavailable::refuse) {
            co_return fail(Errc::upstream_unavailable, "breaches: " + breaches.error().context);
        }
        co_return Result<>{};
    }
    if (*breaches > 0) {
        co_return fail(Errc::password_blocked, "in a known breach");
    }
    co_return Result<>{};
}

Task<Result<std::uint64_t>> BreachedPasswords::count(const password::Password& password) const {
    const password::BreachQuery query(password);
    Result<http::Url> url = http::parse_url(options_.service + std::string(query.prefix()));
    if (!url) {
        co_return propagate(url);
    }
    http::ClientRequest request = http::ClientRequest::get(std::move(*url));
    request.add_header("Add-Padding", "true");
    Result<http::ClientResponse> response = co_await http_->send(std::move(request));
    if (!response) {
        co_return propagate(response);
    }
    if (response->status() != 200) {
        co_return fail(Errc::upstream_unavailable, "status " + std::to_string(response->status()));
    }
    co_return query.count_in(response->body());
}

}  // namespace cardea::account
