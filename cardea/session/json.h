// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/json_writer.h"
#include "cardea/session/record.h"

/// What sessions look like as JSON: the same in the API, on the control socket and for `--json`. Pure.
namespace cardea::session {

/// The members `id`, `transport`, `created_at`, `last_seen_at` and `expires_at`: when it ends if nobody uses
/// it any more.
void write_session_times(JsonWriter& json, const SessionRecord& session);

/// The members `device`, the user agent in words, and `address`.
void write_session_client(JsonWriter& json, const SessionRecord& session);

}  // namespace cardea::session
