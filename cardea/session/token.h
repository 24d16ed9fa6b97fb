// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/random.h"
#include "cardea/base/result.h"
#include "cardea/base/secret.h"
#include "cardea/session/record.h"

#include <string_view>

namespace cardea::session {

/// What a client holds: 256 random bits, as text 43 characters of base64url. It leaves the server once, when
/// the session is issued; everything else works with its hash. Move-only and wiped like a Secret, but without
/// a heap allocation, because one is parsed for every request.
class SessionToken {
 public:
    static constexpr std::size_t text_size = 43;

    [[nodiscard]] static SessionToken make(Random& random) noexcept;
    /// Errc::malformed unless `text` is exactly what text() writes.
    [[nodiscard]] static Result<SessionToken> parse(std::string_view text);

    ~SessionToken() { wipe(bytes_.data(), bytes_.size()); }
    SessionToken(SessionToken&& other) noexcept;
    SessionToken& operator=(SessionToken&& other) noexcept;
    SessionToken(const SessionToken&) = delete;
    SessionToken& operator=(const SessionToken&) = delete;

    [[nodiscard]] TokenHash hash() const noexcept;
    [[nodiscard]] SecretText text() const;

 private:
    SessionToken() noexcept = default;

    std::array<std::uint8_t, 32> bytes_{};
};

/// A session token as a request presented it, reduced to what is needed to check it.
struct Credential {
    TokenHash token_hash{};
    Transport transport = Transport::cookie;

    friend bool operator==(const Credential&, const Credential&) = default;
};

}  // namespace cardea::session
