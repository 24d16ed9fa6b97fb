// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/json.h"
#include "cardea/jose/detail/content_cipher.h"

#include <string>
#include <string_view>
#include <vector>

namespace cardea::jose::detail {

/// What one recipient of a JWE was given.
struct JweRecipient {
    Json header;  ///< the JOSE header: protected, shared and the recipient's own members together
    Bytes encrypted_key;
};

/// A JWE taken apart; nothing of it is believed yet.
struct JweParts {
    std::vector<JweRecipient> recipients;  ///< at least one
    SealedContent content;
    Json protected_header;        ///< an empty object when there is none
    std::string associated_data;  ///< of the encryption: the protected header as it was sent, and `aad`
    Bytes aad;  ///< what the writer authenticates beside the plaintext (RFC 7516 section 7.2.1)
};

/// The compact serialization (RFC 7516 section 7.1). Errc::malformed, Errc::too_large beyond max_jwe_size.
[[nodiscard]] Result<JweParts> read_compact_jwe(std::string_view text);

/// The JSON serializations, general and flattened (section 7.2). Errc::malformed, also when a header name
/// stands in two places; Errc::too_large beyond max_jwe_size or max_jwe_recipients.
[[nodiscard]] Result<JweParts> read_json_jwe(std::string_view text);

/// A member that is base64url text, decoded; nothing when it is absent. Errc::malformed.
[[nodiscard]] Result<Bytes> read_bytes(const Json& object, std::string_view member);

}  // namespace cardea::jose::detail
