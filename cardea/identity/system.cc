// SPDX-License-Identifier: Apache-2.0
#include "cardea/identity/system.h"

#include "cardea/account/password_mix.h"
#include "cardea/csrf/token.h"
#include "cardea/log/log.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include <utility>

namespace cardea::identity {
namespace {

constexpr std::size_t sweep_step = 500;

/// A clock that is ahead for a while makes nothing good again that was used up.
constexpr Duration used_values_stay = std::chrono::days(30);

Task<> read_mix(account::AccountStore& accounts, std::vector<password::HashShare>& mix) {
    Result<std::vector<password::HashShare>> read = co_await account::read_password_mix(accounts);
    if (!read) {
        log::warning("password.mix_unknown", {{"error", read.error()}});
        co_return;
    }
    mix = std::move(*read);
}

std::vector<std::string> issuers_of(const Providers& providers) {
    std::vector<std::string> issuers;
    for (const Provider& provider : providers.all()) {
        issuers.push_back(provider.issuer());
    }
    return issuers;
}

Result<Providers> make_providers(const SystemParts& parts, std::vector<ProviderOffer> offers) {
    if (offers.empty()) {
        return Providers();
    }
    if (parts.network == nullptr) {
        return fail(Errc::config, "providers need SystemParts::network, such as a fetch::Client");
    }
    return Providers::make(std::move(offers), {*parts.network, parts.keyring, parts.clock, parts.random});
}

}  // namespace

Result<std::unique_ptr<System>> System::make(
    SystemParts parts, SystemOptions options, stores::SqliteStores stores
) {
    Result<Cookies> cookies = Cookies::make(options.https, options.cookie_domain);
    if (!cookies) {
        return propagate(cookies);
    }
    Result<Providers> providers = make_providers(parts, std::move(options.providers));
    if (!providers) {
        return propagate(providers);
    }
    // Before anybody is served: what a name costs must not change while somebody measures.
    boost::asio::io_context context(1);
    boost::asio::co_spawn(context, read_mix(*stores.accounts, options.passwords.mix), boost::asio::detached);
    context.run();
    Made made{std::move(*cookies), std::move(*providers)};
    return std::unique_ptr<System>(new System(parts, std::move(options), std::move(stores), std::move(made)));
}

System::System(SystemParts parts, SystemOptions options, stores::SqliteStores stores, Made made)
    : parts_(parts),
      stores_(std::move(stores)),
      cookies_(std::move(made.cookies)),
      providers_(std::move(made.providers)),
      cookie_domain_(std::move(options.cookie_domain)),
      render_page_(std::move(options.page)),
      home_(std::move(options.home)),
      csrf_token_([this](SessionId session) {
          return csrf::make_token(parts_.keyring, session.to_string(), parts_.random);
      }),
      users_(*stores_.accounts, options.scopes, csrf_token_),
      sessions_(
          {*stores_.sessions, users_, parts.clock, parts.random}, {.policy = options.session, .cache{}}
      ),
      flows_(parts.keyring, *stores_.one_time, parts.clock, parts.random),
      references_(parts.keyring),
      audit_(*stores_.audit, parts.keyring, parts.clock, parts.random),
      key_users_({*stores_.accounts, audit_, parts.clock, parts.random}, options.scopes),
      api_keys_(
          {*stores_.api_keys, key_users_, parts.clock, parts.random},
          {.prefix = options.api_key_prefix, .cache{}}
      ),
      guard_({.enabled = options.limits}, parts.keyring, parts.clock, parts.random),
      passwords_(std::move(options.passwords), parts.keyring, parts.random),
      policy_{.registration = options.registration, .issuers = issuers_of(providers_)},
      accounts_(account_parts(), policy_),
      directory_(account_parts(), policy_),
      federation_(account_parts(), policy_) {}

account::Parts System::account_parts() {
    return {
        .accounts = *stores_.accounts,
        .identities = *stores_.identities,
        .sessions = sessions_,
        .api_keys = api_keys_,
        .flows = flows_,
        .passwords = passwords_,
        .guard = guard_,
        .audit = audit_,
        .references = references_,
        .clock = parts_.clock,
        .random = parts_.random,
    };
}

Services System::services() {
    return {
        .accounts = accounts_,
        .federation = federation_,
        .account_rows = *stores_.accounts,
        .sessions = sessions_,
        .api_keys = api_keys_,
        .flows = flows_,
        .providers = providers_,
        .cookies = cookies_,
        .cookie_domain = cookie_domain_,
        .keyring = parts_.keyring,
        .clock = parts_.clock,
        .random = parts_.random,
        .registration = policy_.registration,
        .password_policy = passwords_.policy(),
        .csrf_token = csrf_token_,
        .render_page = render_page_,
        .home = home_,
    };
}

Task<> System::maintain() {
    co_await flush_last_seen();
    co_await sweep();
}

Task<> System::write_out() {
    co_await flush_last_seen();
    const Result<> audit = co_await audit_.flush();
    if (!audit) {
        log::warning("audit.not_everything_written", {{"error", audit.error()}});
    }
}

Task<> System::flush_last_seen() {
    const Result<> sessions = co_await sessions_.flush_last_seen();
    if (!sessions) {
        log::warning("session.last_seen_not_written", {{"error", sessions.error()}});
    }
    const Result<> keys = co_await api_keys_.flush_last_used();
    if (!keys) {
        log::warning("api_key.last_used_not_written", {{"error", keys.error()}});
    }
}

/// Small steps, so that a sweep after a long stop does not hold up the sign-ins of the moment.
Task<> System::sweep() {
    std::size_t removed = sweep_step;
    while (removed == sweep_step) {
        const Result<std::size_t> swept = co_await sessions_.sweep(sweep_step);
        removed = swept.value_or(0);
    }
    const Time expired_before = parts_.clock.now() - used_values_stay;
    removed = sweep_step;
    while (removed == sweep_step) {
        const Result<std::size_t> purged =
            co_await stores_.one_time->purge_expired(expired_before, sweep_step);
        removed = purged.value_or(0);
    }
    removed = sweep_step;
    while (removed == sweep_step) {
        const Result<std::size_t> swept = co_await api_keys_.sweep(sweep_step);
        removed = swept.value_or(0);
    }
}

}  // namespace cardea::identity
