// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/password_mix.h"

#include "cardea/password/stored_hash.h"

#include <map>

namespace cardea::account {
namespace {

// Small pages: what two thousand accounts at once take is not given back.
constexpr std::size_t pages = 20;
constexpr std::size_t page_size = 100;

class Counts {
 public:
    void add(const std::vector<AccountRecord>& accounts) {
        for (const AccountRecord& account : accounts) {
            if (const Result<std::string> blank = password::blank_of(account.password_hash)) {
                ++counts_[*blank];
            }
        }
    }

    [[nodiscard]] std::vector<password::HashShare> shares() const {
        std::vector<password::HashShare> shares;
        shares.reserve(counts_.size());
        for (const auto& [blank, count] : counts_) {
            shares.push_back({blank, count});
        }
        return shares;
    }

 private:
    std::map<std::string, std::uint64_t> counts_;
};

}  // namespace

Task<Result<std::vector<password::HashShare>>> read_password_mix(AccountStore& accounts) {
    Counts counts;
    Page page{.after = {}, .limit = page_size};
    for (std::size_t read = 0; read < pages; ++read) {
        Result<std::vector<AccountRecord>> listed = co_await accounts.list(page);
        if (!listed) {
            co_return propagate(listed);
        }
        counts.add(*listed);
        if (listed->size() < page.limit) {
            break;
        }
        page.after = listed->back().id;
    }
    co_return counts.shares();
}

}  // namespace cardea::account
