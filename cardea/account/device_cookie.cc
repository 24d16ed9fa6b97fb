// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/device_cookie.h"

#include "cardea/crypto/keyring.h"

#include <algorithm>

namespace cardea::account {
namespace {

constexpr crypto::Purpose device_purpose("device");

// device id 16 | for each account: id 16, time of the last sign-in 8
constexpr std::size_t id_size = 16;
constexpr std::size_t use_size = id_size + 8;

template <class Tag>
Id<Tag> read_id(ByteView bytes) {
    std::array<std::uint8_t, id_size> out{};
    std::ranges::copy(bytes.first<id_size>(), out.begin());
    return Id<Tag>(out);
}

Time read_time(ByteView bytes) {
    std::uint64_t number = 0;
    for (const std::uint8_t byte : bytes.first<8>()) {
        number = number << 8U | byte;
    }
    return Time(Duration(static_cast<Duration::rep>(number)));
}

void append_time(Bytes& out, Time time) {
    const auto number = static_cast<std::uint64_t>(time.time_since_epoch().count());
    for (unsigned shift = 64; shift > 0; shift -= 8) {
        out.push_back(static_cast<std::uint8_t>(number >> (shift - 8)));
    }
}

}  // namespace

DeviceCookie DeviceCookie::make(Random& random) {
    return DeviceCookie(DeviceId::make(random));
}

Result<DeviceCookie> DeviceCookie::open(const crypto::Keyring& keyring, std::string_view sealed) {
    Result<SecretText> opened = keyring.open(device_purpose, sealed, {});
    if (!opened) {
        return propagate(opened);
    }
    ByteView bytes = as_bytes(opened->expose());
    if (bytes.size() < id_size || (bytes.size() - id_size) % use_size != 0) {
        return fail(Errc::malformed, "device cookie");
    }
    DeviceCookie cookie(read_id<DeviceTag>(bytes));
    for (bytes = bytes.subspan(id_size); !bytes.empty(); bytes = bytes.subspan(use_size)) {
        cookie.uses_.push_back({read_id<AccountTag>(bytes), read_time(bytes.subspan(id_size))});
    }
    return cookie;
}

std::string DeviceCookie::seal(const crypto::Keyring& keyring, Random& random) const {
    Bytes bytes(id_.bytes().begin(), id_.bytes().end());
    for (const Use& use : uses_) {
        bytes.insert(bytes.end(), use.account.bytes().begin(), use.account.bytes().end());
        append_time(bytes, use.at);
    }
    return keyring.seal(device_purpose, bytes, {}, random);
}

bool DeviceCookie::knows(AccountId account, Time now) const noexcept {
    return std::ranges::any_of(uses_, [account, now](const Use& use) {
        return use.account == account && now < use.at + device_lifetime;
    });
}

std::optional<AccountId> DeviceCookie::last_account(Time now) const noexcept {
    const bool is_known = !uses_.empty() && now < uses_.front().at + device_lifetime;
    return is_known ? std::optional(uses_.front().account) : std::nullopt;
}

void DeviceCookie::add(AccountId account, Time now) {
    std::erase_if(uses_, [account](const Use& use) { return use.account == account; });
    uses_.insert(uses_.begin(), {account, now});
    if (uses_.size() > max_accounts) {
        uses_.pop_back();
    }
}

}  // namespace cardea::account
