// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/enum_counts.h"
#include "cardea/oauth/client.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cardea::identity {

/// A provider as an installation offers it. The redirect URI of `oauth` is `/login/<id>/callback` at the
/// address that people see.
struct ProviderOffer {
    std::string id;    ///< its part of the URLs: lower-case letters and digits
    std::string name;  ///< what people read
    oauth::ProviderOptions oauth;
    /// Whether it lets people sign in anew when asked to (`prompt=login`, `max_age`), and says in the ID
    /// token when they did (`auth_time`): only such a provider proves again who is there.
    bool takes_prompt_login = false;
    /// Whether an address that it calls verified is: then whoever has it there gets into the account with it.
    bool trusts_email = false;
};

/// Where that provider sends browsers back to: "/login/google/callback".
[[nodiscard]] std::string callback_path(std::string_view id);

/// What a way to a provider and back came to.
enum class ProviderOutcome : std::uint8_t {
    signed_in,
    linked,
    denied,       ///< the provider, or the person there, said no
    refused,      ///< here: what came back does not hold, or does not let anybody in
    unavailable,  ///< the provider could not be asked
};
inline constexpr std::size_t provider_outcomes = 5;

/// "signed_in": as metrics have it.
[[nodiscard]] std::string_view name(ProviderOutcome outcome) noexcept;
/// That of a failure.
[[nodiscard]] ProviderOutcome outcome_of(Errc failure) noexcept;

/// How often each outcome was.
using ProviderCounts = EnumCounts<ProviderOutcome, provider_outcomes>;

/// A provider, and our client of it.
struct Provider {
    std::string id;
    std::string name;
    bool takes_prompt_login = false;
    bool trusts_email = false;
    std::unique_ptr<oauth::Client> client;
    std::unique_ptr<ProviderCounts> counts = std::make_unique<ProviderCounts>();

    [[nodiscard]] const std::string& issuer() const noexcept { return client->options().issuer; }
};

/// Where people may sign in instead of here, in the order in which they are offered. Immutable.
class Providers {
 public:
    /// Errc::config with a sentence.
    [[nodiscard]] static Result<Providers> make(std::vector<ProviderOffer> offers, oauth::ClientParts parts);

    /// None.
    Providers() = default;

    [[nodiscard]] std::span<const Provider> all() const noexcept { return providers_; }
    /// The provider of that id, or nullptr.
    [[nodiscard]] const Provider* find(std::string_view id) const noexcept;
    /// The provider of that issuer, or nullptr: it was taken out of the configuration.
    [[nodiscard]] const Provider* find_issuer(std::string_view issuer) const noexcept;

 private:
    std::vector<Provider> providers_;
};

}  // namespace cardea::identity
