// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/bytes.h"
#include "cardea/base/clock.h"
#include "cardea/base/id.h"
#include "cardea/base/result.h"
#include "cardea/base/task.h"

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace cardea::audit {

/// HMAC-SHA-256 with a key of the keyring.
using Mac = std::array<std::uint8_t, 32>;

/// One row of the chain. `mac` covers the other fields of the row, the digest of the personal data, and the
/// previous row's mac; the personal data stands beside the chain, so that erasing it does not break it.
struct AuditRecord {
    std::int64_t sequence = 0;  ///< 1, 2, 3, ... without gaps
    Time at;
    std::string event;      ///< name of the event: "session.issued"
    std::string outcome;    ///< "success", or the Errc name of the refusal
    AccountId account;      ///< nil when there is none
    std::string reference;  ///< what the user was shown, for `cardea why`
    std::string personal;   ///< JSON object: address, user agent, name tried; empty once erased
    Mac personal_digest{};  ///< HMAC of `personal` as first written
    std::string key_id;
    Mac mac{};
};

/// Whether somebody waits until rows are durable. Where nobody does, a store may put their commit off until
/// it has another, for a moment that a person does not notice.
enum class Awaited : std::uint8_t { no, yes };

/// Where the audit log is kept: append only. Thread-safe.
class AuditStore {
 public:
    virtual ~AuditStore() = default;
    /// Appends all rows or none. Errc::conflict when the sequence exists: somebody else appended.
    virtual Task<Result<>> append(std::vector<AuditRecord> records, Awaited awaited) = 0;
    /// The last row.
    virtual Task<Result<std::optional<AuditRecord>>> head() = 0;
    /// Rows from `first` on, in order, at most `limit`.
    virtual Task<Result<std::vector<AuditRecord>>> read(std::int64_t first, std::size_t limit) = 0;
    /// Blanks the personal data of an account's rows, but of those of the event `kept`; the number blanked.
    virtual Task<Result<std::size_t>> erase_personal(AccountId account, std::string kept) = 0;
};

}  // namespace cardea::audit
