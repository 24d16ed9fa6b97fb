// SPDX-License-Identifier: Apache-2.0
#include "cardea/cookies/detail/payload.h"

#include "cardea/base/base64url.h"
#include "cardea/cookies/detail/zlib.h"

namespace cardea::cookies::detail {

Result<Json> parse_payload(std::string_view json) {
    return parse_json(json, {.bytes = max_inflated_bytes, .depth = max_payload_depth, .members = 1000});
}

std::string encode_payload(std::string_view json) {
    const Bytes compressed = zlib_compress(json);
    if (compressed.size() + 1 < json.size()) {
        return '.' + base64url_encode(compressed);
    }
    return base64url_encode(as_bytes(json));
}

Result<Json> decode_payload(std::string_view text) {
    const bool is_compressed = text.starts_with('.');
    Result<Bytes> bytes = base64url_decode(text.substr(is_compressed ? 1 : 0));
    if (!bytes) {
        return propagate(bytes);
    }
    if (!is_compressed) {
        return parse_payload(as_text(*bytes));
    }
    Result<std::string> json = zlib_decompress(*bytes, max_inflated_bytes);
    if (!json) {
        return propagate(json);
    }
    return parse_payload(*json);
}

}  // namespace cardea::cookies::detail
