// SPDX-License-Identifier: Apache-2.0
#include "cardea/oauth/pending_authorization.h"

#include "cardea/base/base64url.h"
#include "cardea/crypto/canonical.h"
#include "cardea/crypto/sha256.h"
#include "cardea/http/next.h"

#include <algorithm>
#include <span>
#include <utility>

namespace cardea::oauth {
namespace {

constexpr crypto::Purpose state_purpose("oauth state 2");
constexpr std::size_t max_next = 512;

// code verifier 32 | nonce 16 | begun at 8, high byte first | sign-in since 8, zero for whenever | next
constexpr std::size_t nonce_offset = 32;
constexpr std::size_t time_offset = nonce_offset + 16;
constexpr std::size_t since_offset = time_offset + 8;
constexpr std::size_t next_offset = since_offset + 8;

void write_time(Time time, std::span<std::uint8_t> out) {
    auto milliseconds = static_cast<std::uint64_t>(time.time_since_epoch().count());
    for (std::size_t at = out.size(); at > 0; --at) {
        out[at - 1] = static_cast<std::uint8_t>(milliseconds);
        milliseconds >>= 8U;
    }
}

Time read_time(ByteView bytes) {
    std::uint64_t milliseconds = 0;
    for (const std::uint8_t byte : bytes) {
        milliseconds = milliseconds << 8U | byte;
    }
    return Time(Duration(static_cast<Duration::rep>(milliseconds)));
}

crypto::Canonical canonical(const StateBinding& binding) {
    return crypto::Canonical()
        .add(binding.browser)
        .add(binding.issuer)
        .add(binding.client_id)
        .add(binding.redirect_uri);
}

}  // namespace

PendingAuthorization PendingAuthorization::make(std::string_view next, Time now, Random& random) {
    PendingAuthorization pending;
    pending.verifier_ = random.secret<32>();
    pending.nonce_ = random.bytes<16>();
    pending.begun_at_ = now;
    pending.next_ = next.size() <= max_next ? http::safe_next(next) : "/";
    return pending;
}

PendingAuthorization PendingAuthorization::with_sign_in_since(std::optional<Time> since) && {
    sign_in_since_ = since;
    return std::move(*this);
}

std::string PendingAuthorization::seal(
    const crypto::Keyring& keyring, const StateBinding& binding, Random& random
) const {
    Bytes plain(next_offset + next_.size());
    std::ranges::copy(verifier_.expose(), plain.begin());
    std::ranges::copy(nonce_, plain.begin() + nonce_offset);
    write_time(begun_at_, std::span(plain).subspan(time_offset, 8));
    write_time(sign_in_since_.value_or(Time()), std::span(plain).subspan(since_offset, 8));
    std::ranges::copy(as_bytes(next_), plain.begin() + next_offset);
    std::string state = keyring.seal(state_purpose, plain, canonical(binding).bytes(), random);
    wipe(plain.data(), plain.size());
    return state;
}

Result<PendingAuthorization> PendingAuthorization::open(
    std::string_view state, const crypto::Keyring& keyring, const StateBinding& binding, Time now
) {
    const Result<SecretText> opened = keyring.open(state_purpose, state, canonical(binding).bytes());
    if (!opened || opened->size() < next_offset) {
        return fail(Errc::csrf_rejected, "oauth: state of another browser or provider, or none");
    }
    const ByteView plain = as_bytes(opened->expose());
    PendingAuthorization pending;
    std::ranges::copy(plain.first(nonce_offset), pending.verifier_.expose().begin());
    std::ranges::copy(plain.subspan(nonce_offset, 16), pending.nonce_.begin());
    pending.begun_at_ = read_time(plain.subspan(time_offset, 8));
    if (const Time since = read_time(plain.subspan(since_offset, 8)); since != Time()) {
        pending.sign_in_since_ = since;
    }
    pending.next_ = as_text(plain.subspan(next_offset));
    if (now >= pending.begun_at_ + authorization_lifetime) {
        return fail(Errc::expired, "oauth: state");
    }
    return pending;
}

SecretText PendingAuthorization::code_verifier() const {
    std::array<char, base64url_size(32)> text{};
    base64url_encode(verifier_.expose(), text);
    SecretText verifier(std::string_view(text.data(), text.size()));
    wipe(text.data(), text.size());
    return verifier;
}

std::string PendingAuthorization::code_challenge() const {
    return base64url_encode(crypto::sha256(as_bytes(code_verifier().expose())));
}

std::string PendingAuthorization::nonce() const {
    return base64url_encode(nonce_);
}

}  // namespace cardea::oauth
