// SPDX-License-Identifier: Apache-2.0
#include "cardea/cookies/secret_keys.h"

#include "cardea/base/repetition.h"

#include <algorithm>
#include <set>

namespace cardea::cookies {
namespace {

constexpr std::size_t max_secrets = 8;
constexpr std::size_t max_secret_size = 4096;
constexpr std::size_t strong_size = 32;
constexpr std::size_t strong_variety = 8;

}  // namespace

Result<> SecretKeys::add(std::string_view secret) {
    if (secret.empty()) {
        return fail(Errc::config, "a secret key is empty: anybody could sign with it");
    }
    if (secret.size() > max_secret_size) {
        return fail(Errc::config, "a secret key is longer than 4096 bytes");
    }
    if (secrets_.size() == max_secrets) {
        return fail(Errc::config, "there are more than 8 secret keys: take out the oldest");
    }
    secrets_.emplace_back(secret);
    return {};
}

Result<SecretKeys> SecretKeys::make(std::string_view newest, std::span<const std::string_view> older) {
    SecretKeys secrets;
    if (Result<> added = secrets.add(newest); !added) {
        return propagate(added);
    }
    for (const std::string_view secret : older) {
        if (Result<> added = secrets.add(secret); !added) {
            return propagate(added);
        }
    }
    return secrets;
}

Result<SecretKeys> SecretKeys::parse(std::string_view text) {
    SecretKeys secrets;
    while (!text.empty()) {
        std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        if (line.empty()) {
            continue;
        }
        if (Result<> added = secrets.add(line); !added) {
            return propagate(added);
        }
    }
    if (secrets.secrets_.empty()) {
        return fail(Errc::config, "there is no secret key");
    }
    return secrets;
}

std::optional<std::string_view> SecretKeys::weakness() const {
    for (const SecretText& secret : secrets_) {
        const std::string_view text = secret.expose();
        if (text.size() < strong_size) {
            return "a secret key is shorter than 32 characters";
        }
        if (std::set<char>(text.begin(), text.end()).size() < strong_variety || is_repetition(text)) {
            return "a secret key repeats itself";
        }
    }
    return std::nullopt;
}

}  // namespace cardea::cookies
