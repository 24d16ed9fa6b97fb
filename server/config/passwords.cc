// SPDX-License-Identifier: Apache-2.0
#include "server/config/passwords.h"

#include <fstream>
#include <iterator>

namespace cardea::server {

password::PasswordPolicy make_password_policy(PasswordRules rules) {
    switch (rules) {
        case PasswordRules::nist:
            return password::PasswordPolicy::nist();
        case PasswordRules::classes:
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

}  // namespace cardea::server
