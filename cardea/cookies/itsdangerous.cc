// SPDX-License-Identifier: Apache-2.0
#include "cardea/cookies/itsdangerous.h"

#include "cardea/base/base64url.h"
#include "cardea/base/time_text.h"
#include "cardea/crypto/hmac.h"

#include <algorithm>
#include <array>

namespace cardea::cookies {
namespace {

using std::chrono::seconds;

constexpr std::size_t timestamp_size = 8;

SecretText digest_of(crypto::HashAlgorithm algorithm, std::string text) {
    const crypto::Digest digest = crypto::digest(algorithm, as_bytes(text));
    wipe(text.data(), text.size());
    return SecretText(as_text(digest.bytes()));
}

SecretText derive_key(const SignerOptions& options, std::string_view secret) {
    std::string text;
    text.reserve(options.salt.size() + 6 + secret.size());  // growing would leave copies behind
    text += options.salt;
    switch (options.key_derivation) {
        case KeyDerivation::concat:
            return digest_of(options.digest, std::move(text.append(secret)));
        case KeyDerivation::django_concat:
            return digest_of(options.digest, std::move(text.append("signer").append(secret)));
        case KeyDerivation::hmac:
            return SecretText(
                as_text(crypto::hmac(options.digest, as_bytes(secret), as_bytes(options.salt)).bytes())
            );
        case KeyDerivation::none:
            break;
    }
    return SecretText(secret);
}

/// Big-endian without leading zero bytes, as base64url.
std::string encode_timestamp(Time now) {
    const std::int64_t count = std::chrono::floor<seconds>(now).time_since_epoch().count();
    Bytes bytes;
    for (unsigned shift = 64; count > 0 && shift > 0; shift -= 8) {
        const auto byte = static_cast<std::uint8_t>(static_cast<std::uint64_t>(count) >> (shift - 8));
        if (byte != 0 || !bytes.empty()) {
            bytes.push_back(byte);
        }
    }
    return base64url_encode(bytes);
}

Result<Time> parse_timestamp(std::string_view text) {
    const Result<Bytes> bytes = base64url_decode(text);
    if (!bytes || bytes->size() > timestamp_size || (!bytes->empty() && bytes->front() == 0)) {
        return fail(Errc::malformed, "timestamp");
    }
    std::uint64_t count = 0;
    for (const std::uint8_t byte : *bytes) {
        count = count << 8U | byte;
    }
    if (count > std::uint64_t{last_unix_second}) {
        return fail(Errc::malformed, "timestamp");
    }
    return Time(seconds(count));
}

}  // namespace

ItsdangerousSigner::ItsdangerousSigner(const SecretKeys& secrets, const SignerOptions& options)
    : digest_(options.digest), separator_(options.separator) {
    for (const SecretText& secret : secrets.newest_first()) {
        keys_.push_back(derive_key(options, secret.expose()));
    }
}

std::string ItsdangerousSigner::sign(std::string_view value) const {
    const crypto::Digest mac = crypto::hmac(digest_, as_bytes(keys_.front().expose()), as_bytes(value));
    return std::string(value) + separator() + base64url_encode(mac.bytes());
}

Result<std::string_view> ItsdangerousSigner::unsign(std::string_view text) const {
    const std::size_t end = text.rfind(separator());
    if (end == std::string_view::npos) {
        return fail(Errc::malformed, "no signature");
    }
    const std::string_view value = text.substr(0, end);
    crypto::Digest presented(digest_);
    if (!base64url_decode(text.substr(end + 1), presented.bytes())) {
        return fail(Errc::signature_invalid, "signature");
    }
    for (const SecretText& key : keys_) {
        const crypto::Digest mac = crypto::hmac(digest_, as_bytes(key.expose()), as_bytes(value));
        if (constant_time_equal(mac.bytes(), presented.bytes())) {
            return value;
        }
    }
    return fail(Errc::signature_invalid, "signature");
}

Result<ItsdangerousSigner::Stamped> ItsdangerousSigner::unsign_stamped(std::string_view text) const {
    Result<std::string_view> value = unsign(text);
    if (!value) {
        return propagate(value);
    }
    const std::size_t end = value->rfind(separator());
    if (end == std::string_view::npos) {
        return fail(Errc::malformed, "no timestamp");
    }
    return Stamped{value->substr(0, end), value->substr(end + 1)};
}

std::string TimestampSigner::sign(std::string_view value, Time now) const {
    return signer_.sign(std::string(value) + signer_.separator() + encode_timestamp(now));
}

Result<TimedValue> TimestampSigner::unsign(std::string_view text, Time now, MaxAge max_age) const {
    Result<ItsdangerousSigner::Stamped> stamped = signer_.unsign_stamped(text);
    if (!stamped) {
        return propagate(stamped);
    }
    Result<Time> signed_at = parse_timestamp(stamped->stamp);
    if (!signed_at) {
        return propagate(signed_at);
    }
    if (max_age) {
        const seconds age = std::chrono::floor<seconds>(now) - std::chrono::floor<seconds>(*signed_at);
        if (age > *max_age || age < seconds(0)) {
            return fail(Errc::expired, age < seconds(0) ? "signed in the future" : "signed too long ago");
        }
    }
    return TimedValue{stamped->value, *signed_at};
}

}  // namespace cardea::cookies
