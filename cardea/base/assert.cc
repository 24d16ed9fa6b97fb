// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/assert.h"

#include <cstdio>
#include <cstdlib>

namespace cardea::detail {

void assertion_failed(const char* expression, const char* file, int line) noexcept {
    static_cast<void>(std::fprintf(stderr, "cardea: broken invariant: %s (%s:%d)\n", expression, file, line));
    std::abort();
}

}  // namespace cardea::detail
