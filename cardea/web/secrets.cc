// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/secrets.h"

#include <cstdlib>
#include <utility>

namespace cardea::web {
namespace {

constexpr std::string_view how_to_make_one = "=$(openssl rand -hex 32)";

std::string_view value_of(const std::string& name) {
    const char* value = std::getenv(name.c_str());  // NOLINT(concurrency-mt-unsafe): before any thread
    return value != nullptr ? value : "";
}

}  // namespace

EnvironmentVariable::EnvironmentVariable(std::string name)
    : name_(std::move(name)), value_(value_of(name_)) {}

EnvironmentVariable env(std::string name) {
    return EnvironmentVariable(std::move(name));
}

Secrets::Secrets(std::initializer_list<EnvironmentVariable> variables) {
    for (const EnvironmentVariable& variable : variables) {
        add(variable);
    }
}

void Secrets::add(const EnvironmentVariable& variable) {
    if (variable.is_set()) {
        texts_.emplace_back(variable.expose());
    } else {
        unset_.push_back(variable.name());
    }
}

Result<crypto::Keyring> Secrets::keyring() const {
    if (!unset_.empty()) {
        const std::string& name = unset_.front();
        return fail(
            Errc::config,
            name + " is not set. Make a secret once and keep it:  export " + name +
                std::string(how_to_make_one)
        );
    }
    std::string all;
    all.reserve(1024 * (texts_.size() + 1));  // so that no outgrown copy stays unwiped
    for (const SecretText& text : texts_) {
        all.append(text.expose()).append(" ");
    }
    Result<crypto::Keyring> keyring = crypto::Keyring::parse(all);
    wipe(all.data(), all.size());
    return keyring;
}

}  // namespace cardea::web
