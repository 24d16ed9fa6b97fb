// SPDX-License-Identifier: Apache-2.0
#include "cardea/password/detail/unicode.h"

#include "cardea/base/utf8.h"

#include <utf8proc.h>

#include <algorithm>
#include <vector>

namespace cardea::password::detail {
namespace {

/// utf8proc_map() would do all of this, but frees its buffers without wiping them.
Result<SecretText> map(std::string_view text, int flags) {
    // NOLINTNEXTLINE(clang-analyzer-optin.core.EnumCastOutOfRange): a set of flags
    const auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | flags);
    const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
    const auto size = static_cast<utf8proc_ssize_t>(text.size());
    const utf8proc_ssize_t needed = utf8proc_decompose(bytes, size, nullptr, 0, options);
    if (!is_valid_utf8(text) || needed < 0) {
        return fail(Errc::malformed, "password: not UTF-8");
    }
    // One more, because the result is written over it with a zero at the end.
    std::vector<utf8proc_int32_t> buffer(static_cast<std::size_t>(needed) + 1);
    const utf8proc_ssize_t decomposed = utf8proc_decompose(bytes, size, buffer.data(), needed, options);
    const utf8proc_ssize_t length = utf8proc_reencode(buffer.data(), decomposed, options);
    SecretText mapped(std::string_view(
        reinterpret_cast<const char*>(buffer.data()),
        static_cast<std::size_t>(std::max<utf8proc_ssize_t>(length, 0))
    ));
    wipe(buffer.data(), buffer.size() * sizeof buffer[0]);
    return mapped;
}

}  // namespace

Result<SecretText> normal_form_c(std::string_view text) {
    return is_ascii(text) ? SecretText(text) : map(text, 0);
}

Result<SecretText> case_folded(std::string_view text) {
    return map(text, UTF8PROC_CASEFOLD);
}

}  // namespace cardea::password::detail
