// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/bytes.h"
#include "cardea/base/clock.h"
#include "cardea/base/id.h"

#include <concepts>

namespace cardea::crypto {

/// Builds the bytes that go under a MAC or a hash. Every field goes in with its length, so that no two
/// different lists of fields become the same bytes:
///
///     keyring.mac(purpose, Canonical().add(id).add(record.at).add(name).bytes())
class Canonical {
 public:
    Canonical& add(ByteView field);
    Canonical& add(std::string_view text) { return add(as_bytes(text)); }
    Canonical& add(const char* text) { return add(std::string_view(text)); }
    Canonical& add(std::integral auto number) { return add_number(static_cast<std::uint64_t>(number)); }
    Canonical& add(Time time) { return add(time.time_since_epoch().count()); }
    template <class Tag>
    Canonical& add(const Id<Tag>& id) {
        return add(ByteView(id.bytes()));
    }

    [[nodiscard]] ByteView bytes() const noexcept { return bytes_; }

 private:
    Canonical& add_number(std::uint64_t number);

    Bytes bytes_;
};

}  // namespace cardea::crypto
