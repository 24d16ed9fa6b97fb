// SPDX-License-Identifier: Apache-2.0
#include "server/password_setup.h"

#include "cardea/account/password_mix.h"
#include "cardea/log/log.h"
#include "server/config/passwords.h"
#include "server/spawn.h"

#include <boost/asio/io_context.hpp>

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

}  // namespace

Result<account::PasswordDeskOptions> make_password_options(
    const Config& config, account::AccountStore& accounts
) {
    account::PasswordDeskOptions options;
    options.hashing.argon2 = config.password.cost;
    options.hashing.pepper = config.password.pepper;
    options.policy = make_password_policy(config.password.rules);
    options.site_words = {"cardea", config.public_url.host()};
    if (!config.password.blocklist.empty()) {
        Result<password::Blocklist> list = load_blocklist(config.password.blocklist);
        if (!list) {
            return propagate(list);
        }
        options.blocklist = std::make_shared<const password::Blocklist>(std::move(*list));
    }
    // Before anybody is served: what a name costs must not change while somebody measures.
    boost::asio::io_context context(1);
    spawn(context, read_mix(accounts, options.mix), "password_mix");
    context.run();
    return options;
}

}  // namespace cardea::server
