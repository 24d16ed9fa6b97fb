// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"
#include "cardea/base/secret.h"
#include "cardea/ratelimit/memory_limiter.h"
#include "cardea/web/setup.h"

#include <optional>
#include <string>
#include <string_view>

namespace cardea::web::detail {

/// How many wrong passwords are taken, of one address and for one name, before any of them is hashed. A name
/// and password that were right within the hour are let pass whatever others try for that name: nobody can
/// keep somebody else out. Memory of one process, of a fixed size. Thread-safe once started.
class GuessLimit {
 public:
    /// `quota` in the grammar of ratelimit::parse_limits.
    explicit GuessLimit(std::string quota) : quota_(std::move(quota)) {}

    /// Errc::config with a sentence.
    [[nodiscard]] Result<> start(Setup& setup);

    /// One try under way. It has been counted; right() and undecided() take that back.
    class Try {
     public:
        void right();
        void wrong();
        void undecided();

     private:
        friend class GuessLimit;
        explicit Try(GuessLimit& limit) noexcept : limit_(&limit) {}

        GuessLimit* limit_;
        std::string proof_;
        std::string address_;
        std::string name_;
        bool is_counted_ = false;
    };

    /// Errc::rate_limited with the time to wait when too many were wrong.
    [[nodiscard]] Result<Try> begin(
        std::string_view client_address, std::string_view name, const SecretText& password
    );

 private:
    [[nodiscard]] std::string proof_of(std::string_view name, const SecretText& password) const;
    [[nodiscard]] Result<> take(const std::string& key);
    void give_back(const std::string& key);

    std::string quota_;
    const Clock* clock_ = nullptr;
    std::optional<SecretBytes<32>> proof_key_;
    std::optional<ratelimit::MemoryLimiter> guesses_;
    std::optional<ratelimit::MemoryLimiter> proven_;  ///< who was right: allowed no more means "lately"
};

}  // namespace cardea::web::detail
