// SPDX-License-Identifier: Apache-2.0
/// csrf: is this request really from one of our own pages? Decides by what browsers say of a request
/// (Sec-Fetch-Site, Origin), and by a token that only our own pages can know. Plain functions: no clock, no
/// I/O; web/ joins them to requests.
///
/// Invariants: a token is worth nothing under another session or flow; a cross-site request never passes,
/// token or not; `Origin: null` is never ours.
#pragma once

#include "cardea/base/random.h"
#include "cardea/crypto/keyring.h"

#include <string>
#include <string_view>

namespace cardea::csrf {

/// The token for a form or for X-CSRF-Token: 86 characters of base64url. It is the MAC of `binding` (a
/// session's id, or a flow's before sign-in) under a random mask, so that it looks different each time it is
/// made and compression tells nothing of it (BREACH): a page that shows input makes one for each response.
/// `random` is thread-safe.
[[nodiscard]] std::string make_token(
    const crypto::Keyring& keyring, std::string_view binding, Random& random
);

/// Errc::csrf_rejected unless a key of ours made the token for this binding. Constant time.
[[nodiscard]] Result<> verify_token(
    const crypto::Keyring& keyring, std::string_view binding, std::string_view token
);

}  // namespace cardea::csrf
