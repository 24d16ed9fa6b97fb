// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/bytes.h"

#include <array>
#include <concepts>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace cardea {

/// A value that must not leak: it lives on the heap, is wiped when it goes and when it is moved from, cannot
/// be copied, printed or compared by `==`. `expose()` is the one way out, so that a search finds every use.
///
/// T is std::string (passwords, tokens as text) or std::array<std::uint8_t, N> (keys). Not thread-safe to
/// modify.
template <class T>
class Secret;

/// Text that is a secret: passwords, tokens.
using SecretText = Secret<std::string>;

template <>
class Secret<std::string> {
 public:
    Secret() = default;
    /// Takes a copy; the caller wipes the original when it is not a request buffer that is wiped anyway.
    explicit Secret(std::string_view text);
    ~Secret();
    Secret(Secret&& other) noexcept;
    Secret& operator=(Secret&& other) noexcept;
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;

    [[nodiscard]] Secret clone() const { return Secret(expose()); }
    [[nodiscard]] std::string_view expose() const noexcept { return {data_.get(), size_}; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] bool empty() const noexcept { return size_ == 0; }

 private:
    std::unique_ptr<char[]> data_;  // never std::string: a short one keeps its bytes in the moved-from object
    std::size_t size_ = 0;
};

/// Bytes of a fixed number that are a secret: keys.
template <std::size_t N>
class Secret<std::array<std::uint8_t, N>> {
 public:
    using Value = std::array<std::uint8_t, N>;

    Secret() : value_(std::make_unique<Value>()) {}
    explicit Secret(const Value& value) : value_(std::make_unique<Value>(value)) {}
    ~Secret() { clear(); }
    Secret(Secret&&) noexcept = default;
    Secret& operator=(Secret&& other) noexcept {
        if (this != &other) {
            clear();
            value_ = std::move(other.value_);
        }
        return *this;
    }
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;

    [[nodiscard]] Secret clone() const { return Secret(*value_); }
    [[nodiscard]] const Value& expose() const noexcept { return *value_; }
    /// The bytes to fill, for a generator or a key derivation.
    [[nodiscard]] Value& expose() noexcept { return *value_; }

 private:
    void clear() noexcept {
        if (value_) {
            wipe(value_->data(), N);
        }
    }

    std::unique_ptr<Value> value_;
};

/// A key of N bytes.
template <std::size_t N>
using SecretBytes = Secret<std::array<std::uint8_t, N>>;

/// Whether two secrets are the same, in a time that does not tell where they differ.
template <std::size_t N>
[[nodiscard]] bool constant_time_equal(const SecretBytes<N>& a, const SecretBytes<N>& b) noexcept {
    return constant_time_equal(ByteView(a.expose()), ByteView(b.expose()));
}

/// The same for texts; their lengths are no secret.
[[nodiscard]] inline bool constant_time_equal(const SecretText& a, const SecretText& b) noexcept {
    return constant_time_equal(as_bytes(a.expose()), as_bytes(b.expose()));
}

}  // namespace cardea
