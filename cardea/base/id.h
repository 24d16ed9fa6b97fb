// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/random.h"
#include "cardea/base/result.h"

#include <algorithm>
#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <functional>
#include <string>
#include <string_view>

namespace cardea {

namespace detail {
std::string id_to_string(const std::array<std::uint8_t, 16>& bytes);
Result<std::array<std::uint8_t, 16>> parse_id(std::string_view text);
}  // namespace detail

/// A public name for a row: 128 random bits. Not a secret and never a credential. As text it is 26 characters
/// of lower-case Crockford base32 (digits and letters without i, l, o, u), the same in URLs, JSON, SQL and
/// logs.
template <class Tag>
class Id {
 public:
    static constexpr std::size_t text_size = 26;

    /// The nil id: no row has it.
    constexpr Id() noexcept = default;
    constexpr explicit Id(const std::array<std::uint8_t, 16>& bytes) noexcept : bytes_(bytes) {}

    [[nodiscard]] static Id make(Random& random) { return Id(random.bytes<16>()); }

    /// Errc::malformed unless the text is exactly what to_string() writes.
    [[nodiscard]] static Result<Id> parse(std::string_view text) {
        Result<std::array<std::uint8_t, 16>> bytes = detail::parse_id(text);
        if (!bytes) {
            return propagate(bytes);
        }
        return Id(*bytes);
    }

    [[nodiscard]] std::string to_string() const { return detail::id_to_string(bytes_); }
    [[nodiscard]] const std::array<std::uint8_t, 16>& bytes() const noexcept { return bytes_; }
    [[nodiscard]] bool is_nil() const noexcept { return *this == Id(); }

    friend bool operator==(const Id&, const Id&) = default;
    friend auto operator<=>(const Id&, const Id&) = default;

 private:
    std::array<std::uint8_t, 16> bytes_{};
};

/// The ids of what has a row or a flow of its own. Ids of different things do not compare.
using AccountId = Id<struct AccountTag>;
using SessionId = Id<struct SessionTag>;
using FlowId = Id<struct FlowTag>;
using DeviceId = Id<struct DeviceTag>;
using ApiKeyId = Id<struct ApiKeyTag>;
using FederatedIdentityId = Id<struct FederatedIdentityTag>;

}  // namespace cardea

/// @cond
template <class Tag>
struct std::hash<cardea::Id<Tag>> {
    std::size_t operator()(const cardea::Id<Tag>& id) const noexcept {
        std::size_t value = 0;  // the bytes are random already
        std::memcpy(&value, id.bytes().data(), sizeof value);
        return value;
    }
};
/// @endcond
