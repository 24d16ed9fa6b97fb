// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/password_mix.h"

#include "cardea/password/stored_hash.h"

#include <map>

namespace cardea::account {
namespace {

constexpr std::size_t sample_size = 2000;

std::vector<password::HashShare> count_shares(const std::vector<AccountRecord>& accounts) {
    std::map<std::string, std::uint64_t> counts;
    for (const AccountRecord& account : accounts) {
        if (const Result<std::string> blank = password::blank_of(account.password_hash)) {
            ++counts[*blank];
        }
    }
    std::vector<password::HashShare> shares;
    shares.reserve(counts.size());
    for (const auto& [blank, count] : counts) {
        shares.push_back({blank, count});
    }
    return shares;
}

}  // namespace

Task<Result<std::vector<password::HashShare>>> read_password_mix(AccountStore& accounts) {
    const Page sample{.after = {}, .limit = sample_size};
    Result<std::vector<AccountRecord>> listed = co_await accounts.list(sample);
    if (!listed) {
        co_return propagate(listed);
    }
    co_return count_shares(*listed);
}

}  // namespace cardea::account
