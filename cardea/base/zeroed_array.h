// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <span>
#include <type_traits>

namespace cardea {

/// A large table of fixed size that begins as zeros, and takes real memory only where something is written:
/// the system gives a page when it is first touched. For elements whose zero bytes are their empty value.
template <class T>
    requires std::is_trivially_copyable_v<T> && (alignof(T) <= alignof(std::max_align_t))
class ZeroedArray {
 public:
    explicit ZeroedArray(std::size_t size)
        : data_(static_cast<T*>(std::calloc(size, sizeof(T)))), size_(size) {
        if (data_ == nullptr) {
            throw std::bad_alloc();
        }
    }

    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] T& operator[](std::size_t index) noexcept { return data_[index]; }
    [[nodiscard]] const T& operator[](std::size_t index) const noexcept { return data_[index]; }
    [[nodiscard]] std::span<T> subspan(std::size_t from, std::size_t count) noexcept {
        return std::span(data_.get(), size_).subspan(from, count);
    }
    [[nodiscard]] std::span<const T> subspan(std::size_t from, std::size_t count) const noexcept {
        return std::span(data_.get(), size_).subspan(from, count);
    }

 private:
    struct Free {
        void operator()(T* data) const noexcept { std::free(data); }
    };

    std::unique_ptr<T[], Free> data_;
    std::size_t size_;
};

}  // namespace cardea
