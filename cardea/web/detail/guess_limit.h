// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/late.h"
#include "cardea/base/result.h"
#include "cardea/ratelimit/memory_limiter.h"
#include "cardea/web/setup.h"

#include <string>
#include <string_view>

namespace cardea::web::detail {

/// How many wrong passwords are taken, of one address and for one name, before any of them is hashed. An
/// address from which the name's password was right within the hour has a count of its own for that name:
/// whatever others try elsewhere, nobody is kept out where they are known, and nobody guesses for free.
/// Memory of one process, of a fixed size. Thread-safe once started.
class GuessLimit {
 public:
    /// `quota` in the grammar of ratelimit::parse_limits.
    explicit GuessLimit(std::string quota) : quota_(std::move(quota)) {}

    /// Errc::config with a sentence.
    [[nodiscard]] Result<> start(Setup& setup);

    /// One try under way. It counts as a wrong one until it is said what it was.
    class Try {
     public:
        void right();
        void undecided();

     private:
        friend class GuessLimit;
        explicit Try(GuessLimit& limit) noexcept : limit_(&limit) {}

        GuessLimit* limit_;
        std::string address_;
        std::string known_;  ///< the name at the address
        std::string name_;   ///< the same as known_ where the address is known
    };

    /// Errc::rate_limited with the time to wait when too many were wrong.
    [[nodiscard]] Result<Try> begin(std::string_view client_address, std::string_view name);

 private:
    [[nodiscard]] bool is_known(const std::string& key) const;
    [[nodiscard]] Result<> take(const std::string& key);
    void give_back(const std::string& key);

    std::string quota_;
    const Clock* clock_ = nullptr;
    Late<ratelimit::MemoryLimiter> guesses_;
    Late<ratelimit::MemoryLimiter> known_;  ///< who was right from where: has taken means "lately"
};

}  // namespace cardea::web::detail
