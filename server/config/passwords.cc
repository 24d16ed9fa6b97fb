// SPDX-License-Identifier: Apache-2.0
#include "server/config/passwords.h"

#include <fstream>
#include <iterator>

namespace cardea::server {
namespace {

password::PasswordPolicy make_policy(PasswordRules rules) {
    switch (rules) {
        case PasswordRules::nist:
            return password::PasswordPolicy::nist();
        case PasswordRules::four_classes:
            return password::PasswordPolicy::four_classes();
        case PasswordRules::standard:
            break;
    }
    return {};
}

Result<password::Blocklist> load_blocklist(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    Bytes bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    if (!in.is_open() || in.bad()) {
        return fail(Errc::config, "The blocklist " + file.string() + " cannot be read.");
    }
    Result<password::Blocklist> list = password::Blocklist::parse(std::move(bytes));
    if (!list) {
        return fail(Errc::config, "The blocklist " + file.string() + ": " + list.error().context + ".");
    }
    return list;
}

}  // namespace

Result<account::PasswordDeskOptions> make_password_desk_options(const Config& config) {
    account::PasswordDeskOptions options;
    options.hashing.argon2 = config.password.cost;
    options.hashing.pepper = config.password.pepper;
    options.policy = make_policy(config.password.rules);
    options.site_words = {"cardea", config.public_url.host()};
    if (!config.password.blocklist.empty()) {
        Result<password::Blocklist> list = load_blocklist(config.password.blocklist);
        if (!list) {
            return propagate(list);
        }
        options.blocklist = std::make_shared<const password::Blocklist>(std::move(*list));
    }
    return options;
}

}  // namespace cardea::server
