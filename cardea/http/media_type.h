// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"

#include <string>
#include <string_view>

namespace cardea::http {

/// A Content-Type value.
struct MediaType {
    std::string essence;  ///< "type/subtype", lower case
    std::string charset;  ///< lower case; empty when not given
};

/// RFC 9110 8.3.1. Parameters other than charset are checked and dropped. Errc::malformed, also when charset
/// comes twice.
[[nodiscard]] Result<MediaType> parse_media_type(std::string_view text);

/// application/json or anything ending in +json, in UTF-8.
[[nodiscard]] bool is_json_type(std::string_view content_type);
/// application/x-www-form-urlencoded, in UTF-8.
[[nodiscard]] bool is_form_type(std::string_view content_type);

/// Whether the sender of this Accept header is after a page: text/html stands there by name and nothing like
/// JSON is liked better. A browser's navigation does; `*/*` of curl and fetch() does not.
[[nodiscard]] bool wants_html(std::string_view accept) noexcept;

/// Whether the sender of this Accept header is after data: something like JSON stands there by name and is
/// liked better than a page. `*/*` alone says neither.
[[nodiscard]] bool wants_json(std::string_view accept) noexcept;

/// How a body is compressed (RFC 9110 section 8.4.1).
enum class ContentCoding { identity, gzip, br };

/// The best coding that the sender of this Accept-Encoding header takes, among those that an asset is stored
/// in: br before gzip when both are liked alike. A coding with q=0 is never chosen.
[[nodiscard]] ContentCoding choose_coding(std::string_view accept_encoding) noexcept;

}  // namespace cardea::http
