// SPDX-License-Identifier: Apache-2.0
#include "server/config/named_files.h"

#include "server/config/passwords.h"
#include "server/config/providers.h"
#include "server/config/root_secret.h"

#include <string>

namespace cardea::server {
namespace {

/// Notes what reading a file came to.
template <class T>
void add_failure(std::vector<Mistake>& mistakes, const std::string& where, const Result<T>& read) {
    if (!read) {
        mistakes.push_back({where, read.error().context});
    }
}

/// Where a setting was given, or its name.
std::string origin_of(const LoadedConfig& loaded, const char* setting) {
    const auto origin = loaded.origins.find(setting);
    return origin == loaded.origins.end() ? setting : origin->second;
}

}  // namespace

std::vector<Mistake> check_files(const LoadedConfig& loaded) {
    const Config& config = loaded.config;
    std::vector<Mistake> mistakes;
    const char* const secret = config.secret_file.empty() ? "secret" : "secret_file";
    add_failure(mistakes, origin_of(loaded, secret), find_root_secret(config));
    add_failure(mistakes, origin_of(loaded, "password.blocklist"), make_password_desk_options(config));
    for (std::size_t i = 0; i < config.providers.size(); ++i) {
        add_failure(mistakes, loaded.provider_origins[i], make_provider_options(config.providers[i], config));
    }
    return mistakes;
}

}  // namespace cardea::server
