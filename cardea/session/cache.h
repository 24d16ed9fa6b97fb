// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/session/live_session.h"
#include "cardea/session/store.h"
#include "cardea/session/token.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

namespace cardea::session {

class SessionTable;

/// How many sessions are kept at hand; rounded up to a power of two.
struct CacheLimits {
    std::size_t per_thread = 16'384;
    std::size_t per_process = 131'072;
};

/// The validated sessions of this process. Two levels: a table per thread, which only its thread touches, and
/// one for the process in shards under a mutex each, which is asked only when the first does not know.
/// Thread-safe.
///
/// Why a revoked session is never accepted: there is one growing sequence number, and an array of cells. A
/// fill notes the number before it reads the store. A drop comes after the row was removed from the store: it
/// takes the next number and writes it into the cell of the token or account. A session is accepted only
/// while both of its cells hold no number above the one that its fill noted. So a fill that may have read the
/// row before its removal is refused from the moment the drop returns, in every thread and however late it is
/// inserted; and a fill that noted the drop's number reads the store after the removal. Different sessions
/// that share a cell are read again for nothing, and that is all.
class SessionCache {
 public:
    explicit SessionCache(CacheLimits limits = {});
    ~SessionCache();
    SessionCache(const SessionCache&) = delete;
    SessionCache& operator=(const SessionCache&) = delete;

    /// The session, if it is here, not dropped, of that transport and live at `now`; otherwise null, which
    /// means "ask the store". When this thread has asked for it before, this takes no lock, allocates nothing
    /// and, but for the time it was last seen (once a minute), writes nothing that other threads read.
    [[nodiscard]] SessionPointer find(const Credential& credential, Time now);

    /// The number to note before the store is read.
    [[nodiscard]] std::uint64_t begin_fill() const noexcept;
    /// Takes a session in as seen at `now`; null when it was dropped since begin_fill(), so that it must be
    /// read again.
    [[nodiscard]] SessionPointer finish_fill(
        std::uint64_t noted, SessionRecord record, std::shared_ptr<const Subject> subject, Time now
    );

    /// From the return on, nothing that was read before the call is accepted. Call it after the store
    /// answered.
    void drop(const TokenHash& token_hash) noexcept;
    void drop(const AccountId& account) noexcept;
    void drop_all() noexcept;

    /// The sessions seen since the last call, each at most once a minute (or an eighth of its idle time).
    [[nodiscard]] std::vector<Touch> take_touches();

 private:
    struct Shard;
    using Cell = std::atomic<std::uint64_t>;

    [[nodiscard]] Shard& shard_of(const TokenHash& token_hash) noexcept;
    [[nodiscard]] bool is_current(const LiveSession& session) const noexcept;
    [[nodiscard]] SessionPointer find_own(const TokenHash& token_hash) const noexcept;
    [[nodiscard]] SessionPointer find_shared(const TokenHash& token_hash);
    void keep_own(const SessionPointer& session);
    void see(const LiveSession& session, Time now);

    CacheLimits limits_;
    Cell sequence_{0};
    std::vector<Cell> cells_;
    std::vector<Shard> shards_;
    std::vector<std::unique_ptr<SessionTable>> own_tables_;  ///< by thread number; each is its thread's alone
};

}  // namespace cardea::session
