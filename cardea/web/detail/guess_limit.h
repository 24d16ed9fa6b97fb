// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/late.h"
#include "cardea/base/result.h"
#include "cardea/ratelimit/memory_limiter.h"
#include "cardea/web/setup.h"

#include <atomic>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace cardea::web::detail {

/// How many wrong passwords are taken, of one address and for one name, before any of them is hashed. An
/// address from which the name's password was right within the hour has a count of its own for that name:
/// whatever others try elsewhere, nobody is kept out where they are known, and nobody guesses for free.
///
/// A try counts from its beginning, so that many at once are no more than one after the other. That
/// same password from that address does not: whoever asks with it fifty times at once is no guesser. It is
/// known by 64 bits of a MAC, with a key that this process made. Memory of one process, of a fixed size.
/// Thread-safe once started.
class GuessLimit {
 public:
    /// `quota` in the grammar of ratelimit::parse_limits.
    explicit GuessLimit(std::string quota) : quota_(std::move(quota)) {}

    /// Errc::config with a sentence.
    [[nodiscard]] Result<> start(Setup& setup);

    /// One try under way, of which is said at its end what it was.
    class Try {
     public:
        void right();
        void wrong();
        void undecided();

     private:
        friend class GuessLimit;
        struct EndTurn {
            void operator()(std::atomic<std::size_t>* turns) const noexcept { turns->fetch_sub(1); }
        };
        explicit Try(GuessLimit& limit) noexcept : limit_(&limit) {}

        GuessLimit* limit_;
        std::string address_;
        std::string known_;  ///< the name at the address
        std::string right_;  ///< the password of the name at the address
        std::string name_;   ///< the same as known_ where the address is known
        bool counts_ = true;
        std::unique_ptr<std::atomic<std::size_t>, EndTurn> turn_;  ///< where it does not count
    };

    /// Errc::rate_limited with the time to wait when too many were wrong, whatever this one is. Errc::busy
    /// where too many that do not count are under way: they would take every place in the queue for hashing.
    [[nodiscard]] Result<Try> begin(
        std::string_view client_address, std::string_view name, const SecretText& password
    );

 private:
    [[nodiscard]] std::string password_key(std::string_view known, const SecretText& password) const;
    [[nodiscard]] bool is_known(const std::string& key) const;
    [[nodiscard]] Result<> look(const std::string& key) const;
    [[nodiscard]] Result<> take(const std::string& key);
    [[nodiscard]] Result<> take_both(const Try& guess);
    void give_back(const std::string& key);

    std::string quota_;
    const Clock* clock_ = nullptr;
    Late<ratelimit::MemoryLimiter> guesses_;
    Late<ratelimit::MemoryLimiter> known_;  ///< who was right from where, with what: has taken means "lately"
    Late<SecretBytes<32>> password_key_;
    std::atomic<std::size_t> turns_ = 0;
};

}  // namespace cardea::web::detail
