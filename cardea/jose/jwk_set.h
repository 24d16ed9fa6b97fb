// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/jose/jwk.h"

#include <span>
#include <vector>

namespace cardea::jose {

/// A JWK Set (RFC 7517 section 5).
class JwkSet {
 public:
    explicit JwkSet(std::vector<Jwk> keys) noexcept : keys_(std::move(keys)) {}

    /// At most 1 MiB and 100 keys. A key that cannot be used here is left out, as the RFC asks, and its
    /// reason kept. Errc::malformed, Errc::too_large.
    [[nodiscard]] static Result<JwkSet> parse(std::string_view text);
    [[nodiscard]] static Result<JwkSet> from_json(const Json& json);

    [[nodiscard]] std::span<const Jwk> keys() const noexcept { return keys_; }
    /// Why keys were left out.
    [[nodiscard]] std::span<const Error> left_out() const noexcept { return left_out_; }

    /// The public parts. Secrets do not appear at all.
    [[nodiscard]] std::string to_json() const;

 private:
    std::vector<Jwk> keys_;
    std::vector<Error> left_out_;
};

}  // namespace cardea::jose
