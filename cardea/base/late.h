// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/assert.h"

#include <optional>
#include <utility>

namespace cardea {

/// A value that is there later than the place for it, and stays: a part of an object that its start() makes,
/// which can fail; the result of a task. To use it before is a broken invariant, and aborts.
template <class T>
class Late {
 public:
    Late& operator=(T value) {
        value_.emplace(std::move(value));
        return *this;
    }
    template <class... Args>
    void emplace(Args&&... args) {
        value_.emplace(std::forward<Args>(args)...);
    }

    [[nodiscard]] T& operator*() noexcept { return get(value_); }
    [[nodiscard]] const T& operator*() const noexcept { return get(value_); }
    [[nodiscard]] T* operator->() noexcept { return &get(value_); }
    [[nodiscard]] const T* operator->() const noexcept { return &get(value_); }

 private:
    static auto& get(auto& value) noexcept {
        CARDEA_ASSERT(value.has_value());
        return *value;
    }

    std::optional<T> value_;
};

}  // namespace cardea
