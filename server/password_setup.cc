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
    Result<account::PasswordDeskOptions> options = make_password_desk_options(config);
    if (!options) {
        return options;
    }
    // Before anybody is served: what a name costs must not change while somebody measures.
    boost::asio::io_context context(1);
    spawn(context, read_mix(accounts, options->mix), "password_mix");
    context.run();
    return options;
}

}  // namespace cardea::server
