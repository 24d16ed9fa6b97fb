// SPDX-License-Identifier: Apache-2.0
#include "cardea/csrf/decide.h"

namespace cardea::csrf {
namespace {

/// "none" is a person's own doing: an address typed, a bookmark.
bool is_own_site(std::string_view sec_fetch_site) noexcept {
    return sec_fetch_site == "same-origin" || sec_fetch_site == "none";
}

}  // namespace

Decision decide(const RequestFacts& facts, const http::Origin& own) noexcept {
    if (http::is_safe(facts.method) || facts.credential == Credential::bearer) {
        return Decision::pass;
    }
    if (!facts.sec_fetch_site.empty()) {
        return is_own_site(facts.sec_fetch_site) ? Decision::pass : Decision::reject;
    }
    if (!facts.origin.empty()) {
        return own == facts.origin ? Decision::token_needed : Decision::reject;
    }
    const bool stands_for_token = facts.is_json || facts.headerless_clients == HeaderlessClients::accepted;
    return stands_for_token ? Decision::pass : Decision::token_needed;
}

}  // namespace cardea::csrf
