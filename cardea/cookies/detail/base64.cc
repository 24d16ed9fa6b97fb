// SPDX-License-Identifier: Apache-2.0
#include "cardea/cookies/detail/base64.h"

#include "cardea/base/base64url.h"

namespace cardea::cookies::detail {

std::string base64_encode(ByteView bytes) {
    std::string text = base64_unpadded_encode(bytes);
    text.append((4 - text.size() % 4) % 4, '=');
    return text;
}

Result<Bytes> base64_decode(std::string_view text) {
    if (text.size() % 4 != 0) {
        return fail(Errc::malformed, "base64");
    }
    for (int i = 0; i < 2 && text.ends_with('='); ++i) {
        text.remove_suffix(1);
    }
    return base64_unpadded_decode(text);
}

}  // namespace cardea::cookies::detail
