// SPDX-License-Identifier: Apache-2.0
#include "cardea/session/data.h"

namespace cardea::session {

Result<Json> parse_data(std::string_view text) {
    Result<Json> data = parse_json(text, data_limits);
    if (!data) {
        return fail(data.error().code, "session data: " + data.error().context);
    }
    if (!data->is_object()) {
        return fail(Errc::malformed, "session data that is no JSON object");
    }
    return data;
}

}  // namespace cardea::session
