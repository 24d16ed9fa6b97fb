// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/detail/kept_sessions.h"

#include "cardea/crypto/sha256.h"
#include "cardea/log/log.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cardea::web {
namespace {

constexpr std::size_t sweep_batch = 1000;
constexpr int max_sweeps = 1000;

}  // namespace

AccountId account_of(const User& user) {
    const crypto::Sha256 digest = crypto::sha256(as_bytes(user.id));
    std::array<std::uint8_t, 16> bytes{};
    std::copy_n(digest.begin(), bytes.size(), bytes.begin());
    return AccountId(bytes);
}

FoundSession found_session(session::SessionPointer live) {
    const auto content = std::static_pointer_cast<const SessionContent>(
        std::shared_ptr<const session::Subject>(live, &live->subject())
    );
    return {
        .content = content,
        .id = live->record().id.to_string(),
        .created_at = live->record().created_at,
        .last_seen_at = live->last_seen_at(),
        .live = std::move(live),
    };
}

Task<Result<std::shared_ptr<const session::Subject>>> KeptSessions::Contents::load(
    const session::SessionRecord& record
) {
    Result<Json> data = session::parse_data(record.data);
    if (!data) {
        co_return fail(Errc::store_corrupt, "session data");
    }
    co_return std::make_shared<const SessionContent>(std::move(*data));
}

Result<> KeptSessions::start(
    const SessionStoreFactory& make_store, const session::Lifetime& lifetime, const Setup& setup
) {
    if (Result<> sound = session::check_policy({lifetime, lifetime}); !sound) {
        return fail(Errc::config, "sessions: " + sound.error().context);
    }
    Result<std::shared_ptr<session::SessionStore>> store = make_store();
    if (!store) {
        return fail(Errc::config, "the session store cannot be opened: " + store.error().context);
    }
    store_ = std::move(*store);
    session::SessionOptions options;
    options.policy = {lifetime, lifetime};
    service_ = std::make_unique<session::SessionService>(
        session::SessionService::Parts{*store_, contents_, setup.clock, setup.random}, options
    );
    return {};
}

Task<> KeptSessions::maintain() {
    const Result<> seen = co_await service_->flush_last_seen();
    const Result<> swept = co_await sweep();
    if (!seen || !swept) {
        log::warning("sessions.not_maintained", {{"error", seen ? swept.error() : seen.error()}});
    }
}

Task<Result<>> KeptSessions::sweep() {
    for (int sweeps = 0; sweeps < max_sweeps; ++sweeps) {
        const Result<std::size_t> swept = co_await service_->sweep(sweep_batch);
        if (!swept) {
            co_return fail(swept.error().code, swept.error().context);
        }
        if (*swept < sweep_batch) {
            break;
        }
    }
    co_return Result<>{};
}

}  // namespace cardea::web
