// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/apikey/record.h"
#include "cardea/html/node.h"
#include "cardea/identity/pages/confirmation.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace cardea::identity {

/// The list of API keys and the form for a new one, first or again.
struct ApiKeysView {
    std::string csrf_token;
    std::string_view good_news;
    std::string problem;
    std::string_view name_problem;
    std::string_view scopes_problem;
    std::string name;  ///< what was typed last time
    std::string scopes;
    std::string lifetime = "90d";
    std::string_view new_key;                  ///< the text of the key that was just made: shown this once
    std::optional<Confirmation> confirmation;  ///< the sign-in is too old to make a key without it
    ApiKeyId rotating;                         ///< the key whose form is shown again; nil: that of a new one
    std::string overlap = "24h";
    Time now;
};
[[nodiscard]] html::Node api_keys_cards(const ApiKeysView& view, std::span<const apikey::ApiKeyRecord> keys);

}  // namespace cardea::identity
