// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/revocation_marks.h"

namespace cardea {

void RevocationMarks::drop_all() noexcept {
    const std::uint64_t number = ++sequence_;
    for (Cell& cell : cells_) {
        raise(cell, number);
    }
}

/// Never lowers a cell: two drops may come in either order.
void RevocationMarks::raise(Cell& cell, std::uint64_t number) noexcept {
    std::uint64_t held = cell.load();
    while (held < number && !cell.compare_exchange_weak(held, number)) {
    }
}

}  // namespace cardea
