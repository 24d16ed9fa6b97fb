// SPDX-License-Identifier: Apache-2.0
#include "server/password_setup.h"

#include "cardea/fetch/client.h"
#include "server/config/passwords.h"

#include <stdexcept>

namespace cardea::server {
namespace {

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

Result<account::PasswordDeskOptions> make_password_options(const Config& config) {
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
    return options;
}

}  // namespace cardea::server
