// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/detail/unicode.h"

#include <string_view>

// libunistring: it knows scripts, which libutf8proc does not.
#include <unictype.h>

namespace cardea::account::detail {
namespace {

/// The ways of writing that a script is part of, for the languages that use several scripts at once.
enum Writing : unsigned { chinese = 1, japanese = 2, korean = 4 };

unsigned writings_of(std::string_view script) noexcept {
    if (script == "Han") {
        return chinese | japanese | korean;
    }
    if (script == "Hiragana" || script == "Katakana") {
        return japanese;
    }
    if (script == "Bopomofo") {
        return chinese;
    }
    return script == "Hangul" ? korean : 0U;
}

bool belongs_to_every_script(std::string_view script) noexcept {
    return script == "Common" || script == "Inherited";
}

}  // namespace

bool is_single_script(std::u32string_view text) noexcept {
    std::string_view seen;
    unsigned writings = chinese | japanese | korean;
    for (const char32_t code_point : text) {
        const uc_script_t* found = uc_script(code_point);
        const std::string_view script = found == nullptr ? "Unknown" : found->name;
        if (belongs_to_every_script(script)) {
            continue;
        }
        writings &= writings_of(script);
        if (!seen.empty() && script != seen && writings == 0) {
            return false;
        }
        seen = script;
    }
    return true;
}

}  // namespace cardea::account::detail
