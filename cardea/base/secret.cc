// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/secret.h"

#include <algorithm>

namespace cardea {

Secret<std::string>::Secret(std::string_view text)
    : data_(std::make_unique_for_overwrite<char[]>(text.size())), size_(text.size()) {
    std::ranges::copy(text, data_.get());
}

Secret<std::string>::~Secret() {
    if (data_) {
        wipe(data_.get(), size_);
    }
}

Secret<std::string>::Secret(Secret&& other) noexcept
    : data_(std::move(other.data_)), size_(std::exchange(other.size_, 0)) {}

Secret<std::string>& Secret<std::string>::operator=(Secret&& other) noexcept {
    Secret taken(std::move(other));
    std::swap(data_, taken.data_);  // what was here is wiped with `taken`
    std::swap(size_, taken.size_);
    return *this;
}

}  // namespace cardea
