// SPDX-License-Identifier: Apache-2.0
#include "cardea/apikey/policy.h"

#include "cardea/base/utf8.h"

#include <algorithm>

namespace cardea::apikey {

KeyState decide(const ApiKeyRecord& record, Time now) noexcept {
    return record.expires_at && *record.expires_at <= now ? KeyState::expired : KeyState::live;
}

Result<> check_name(std::string_view name) {
    const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
    const bool is_blank = std::ranges::all_of(name, [](char c) { return c == ' '; });
    if (is_blank || name.size() > max_name_bytes || !is_valid_utf8(name) ||
        std::ranges::any_of(name, is_control)) {
        return fail(Errc::invalid, "API key name");
    }
    return {};
}

Result<> check_lifetime(Duration lifetime) {
    if (lifetime <= Duration::zero() || lifetime > max_lifetime) {
        return fail(Errc::invalid, "API key lifetime");
    }
    return {};
}

Result<> check_overlap(Duration overlap) {
    if (overlap < Duration::zero() || overlap > max_overlap) {
        return fail(Errc::invalid, "API key overlap");
    }
    return {};
}

}  // namespace cardea::apikey
