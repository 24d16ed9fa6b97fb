// SPDX-License-Identifier: Apache-2.0
#include "server/password_setup.h"

#include "cardea/account/password_mix.h"
#include "cardea/fetch/client.h"
#include "cardea/log/log.h"
#include "server/config/passwords.h"
#include "server/spawn.h"

#include <boost/asio/io_context.hpp>

#include <stdexcept>

namespace cardea::server {
namespace {

Task<> read_mix(account::AccountStore& accounts, std::vector<password::HashShare>& mix) {
    Result<std::vector<password::HashShare>> read = co_await account::read_password_mix(accounts);
    if (!read) {
        log::warning("password.mix_unknown", {{"error", read.error()}});
        co_return;
    }
    mix = std::move(*read);
}

/// The service that knows breaches, and the network that it is asked over.
struct BreachService {
    fetch::Client network;
    account::BreachedPasswords breaches;

    explicit BreachService(account::WhenUnavailable when_unavailable)
        : breaches(account::BreachedPasswords::make({.when_unavailable = when_unavailable}, network).value()
          ) {}
};

Result<std::shared_ptr<const account::BreachedPasswords>> make_breaches(BreachSetting setting) {
    if (setting == BreachSetting::off) {
        return nullptr;
    }
    try {
        const auto service = std::make_shared<BreachService>(
            setting == BreachSetting::require ? account::WhenUnavailable::refuse
                                              : account::WhenUnavailable::allow
        );
        return std::shared_ptr<const account::BreachedPasswords>(service, &service->breaches);
    } catch (const std::runtime_error& missing) {
        return fail(Errc::config, std::string("password.breaches: ") + missing.what() + ".");
    }
}

}  // namespace

Result<account::PasswordDeskOptions> make_password_options(
    const Config& config, account::AccountStore& accounts
) {
    Result<account::PasswordDeskOptions> options = make_password_desk_options(config);
    if (!options) {
        return options;
    }
    Result<std::shared_ptr<const account::BreachedPasswords>> breaches =
        make_breaches(config.password.breaches);
    if (!breaches) {
        return propagate(breaches);
    }
    options->breaches = std::move(*breaches);
    // Before anybody is served: what a name costs must not change while somebody measures.
    boost::asio::io_context context(1);
    spawn(context, read_mix(accounts, options->mix), "password_mix");
    context.run();
    return options;
}

}  // namespace cardea::server
