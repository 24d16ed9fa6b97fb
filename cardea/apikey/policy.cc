// SPDX-License-Identifier: Apache-2.0
#include "cardea/apikey/policy.h"

#include "cardea/base/utf8.h"

#include <optional>

namespace cardea::apikey {

KeyState decide(const ApiKeyRecord& record, Time now) noexcept {
    return record.expires_at && *record.expires_at <= now ? KeyState::expired : KeyState::live;
}

Result<> check_name(std::string_view name) {
    bool is_blank = true;
    for (std::size_t taken = 0; !name.empty(); ++taken) {
        const std::optional<char32_t> c = take_code_point(name);
        if (!c || steers_display(*c) || taken == max_name_code_points) {
            return fail(Errc::invalid, "API key name");
        }
        is_blank = is_blank && *c == U' ';
    }
    return is_blank ? fail(Errc::invalid, "API key name") : Result<>();
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
