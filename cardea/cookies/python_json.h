// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/json.h"

#include <cstdint>
#include <string>

namespace cardea::cookies {

/// What json.dumps of Python is told. The defaults are Python's own.
struct PythonJsonStyle {
    /// What stands between values.
    enum class Spacing : std::uint8_t {
        spaced,  ///< `", "` and `": "`
        compact,
    };
    /// How characters beyond ASCII are written.
    enum class Characters : std::uint8_t {
        ascii,  ///< everything else as \uXXXX, in surrogate pairs where it must
        utf8,
    };
    /// In which order the names of an object are written.
    enum class KeyOrder : std::uint8_t { kept, sorted };

    Spacing spacing = Spacing::spaced;
    Characters characters = Characters::ascii;
    KeyOrder key_order = KeyOrder::kept;
};

/// The very text that Python's json.dumps writes for the value: its separators, escapes and floats, so that a
/// signature over it is the same on both sides. A number that is not finite becomes null. Text that is not
/// valid UTF-8 gets U+FFFD.
[[nodiscard]] std::string to_python_json(const Json& json, const PythonJsonStyle& style = {});

}  // namespace cardea::cookies
