// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/cookies/secret_keys.h"
#include "cardea/web/detail/session_text.h"

#include <memory>

namespace cardea::web {

/// Reads and writes the session cookies of a Python application beside the program. They know no id and no
/// beginning: a session is as old as its last change.
[[nodiscard]] std::unique_ptr<const SessionCodec> make_python_codec(
    SessionFormat format, const cookies::SecretKeys& secrets
);

/// How long such a cookie is good where nobody says it otherwise: what the Python side takes.
[[nodiscard]] Duration usual_age(SessionFormat format) noexcept;

}  // namespace cardea::web
