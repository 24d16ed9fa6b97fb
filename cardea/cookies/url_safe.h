// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/json.h"
#include "cardea/cookies/itsdangerous.h"
#include "cardea/cookies/python_json.h"

#include <string>
#include <string_view>

namespace cardea::cookies {

/// itsdangerous's URLSafeSerializer: JSON, compressed where that is shorter, as base64url, then the
/// signature. No time: good for ever. `dumps` and `loads` are the original's names. `options.salt` is what
/// keeps one use apart from another; the original's default is "itsdangerous".
///
/// A payload may become 256 KiB when it is inflated. Python's NaN, Infinity and integers beyond 64 bits,
/// which are no JSON that two programs can agree on, are refused (Errc::malformed).
class UrlSafeSerializer {
 public:
    UrlSafeSerializer(const SecretKeys& secrets, const SignerOptions& options) : signer_(secrets, options) {}

    [[nodiscard]] std::string dumps(const Json& value) const;

    /// Errors as ItsdangerousSigner::unsign; Errc::malformed or Errc::too_large when what was signed is no
    /// such payload.
    [[nodiscard]] Result<Json> loads(std::string_view text) const;

 private:
    ItsdangerousSigner signer_;
};

/// A value and when it was signed.
struct TimedJson {
    Json value;
    Time signed_at;
};

/// itsdangerous's URLSafeTimedSerializer: the same with the time of signing.
class UrlSafeTimedSerializer {
 public:
    /// `style` is for applications that give itsdangerous a serializer of their own, as Flask does.
    UrlSafeTimedSerializer(
        const SecretKeys& secrets, const SignerOptions& options, PythonJsonStyle style = compact_utf8
    )
        : signer_(secrets, options), style_(style) {}

    [[nodiscard]] std::string dumps(const Json& value, Time now) const;

    /// Errors as TimestampSigner::unsign and UrlSafeSerializer::loads.
    [[nodiscard]] Result<TimedJson> loads(std::string_view text, Time now, MaxAge max_age) const;

    static constexpr PythonJsonStyle compact_utf8{
        .spacing = PythonJsonStyle::Spacing::compact, .characters = PythonJsonStyle::Characters::utf8
    };

 private:
    TimestampSigner signer_;
    PythonJsonStyle style_;
};

}  // namespace cardea::cookies
