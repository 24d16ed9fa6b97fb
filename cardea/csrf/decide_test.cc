// SPDX-License-Identifier: Apache-2.0
#include "cardea/csrf/decide.h"

#include "cardea/http/url.h"

#include <gtest/gtest.h>

namespace cardea::csrf {
namespace {

using http::Method;

http::Origin own() {
    return http::parse_url("https://id.example.com")->origin();
}

/// A form post with the session's cookie, from nowhere in particular.
RequestFacts form_post() {
    return {.method = Method::post, .credential = Credential::cookie, .sec_fetch_site{}, .origin{}};
}

TEST(CsrfDecision, lets_requests_pass_that_change_nothing) {
    for (const Method method : {Method::get, Method::head, Method::options}) {
        RequestFacts facts = form_post();
        facts.method = method;
        facts.sec_fetch_site = "cross-site";
        EXPECT_EQ(decide(facts, own()), Decision::pass);
    }
}

TEST(CsrfDecision, covers_every_unsafe_method_signed_in_or_not) {
    for (const Method method : {Method::post, Method::put, Method::patch, Method::delete_}) {
        for (const Credential credential : {Credential::none, Credential::cookie}) {
            RequestFacts facts = form_post();
            facts.method = method;
            facts.credential = credential;
            EXPECT_EQ(decide(facts, own()), Decision::token_needed);
            facts.sec_fetch_site = "cross-site";
            EXPECT_EQ(decide(facts, own()), Decision::reject);
        }
    }
}

TEST(CsrfDecision, believes_the_browser_about_the_site) {
    struct Case {
        std::string_view sec_fetch_site;
        Decision expected;
    };
    for (const auto& [site, expected] : {
             Case{"same-origin", Decision::pass},
             Case{"none", Decision::pass},
             Case{"same-site", Decision::reject},
             Case{"cross-site", Decision::reject},
             Case{"Same-Origin", Decision::reject},
             Case{"same-origin, cross-site", Decision::reject},
         }) {
        RequestFacts facts = form_post();
        facts.sec_fetch_site = site;
        facts.origin = "https://id.example.com";
        EXPECT_EQ(decide(facts, own()), expected) << site;
    }
}

TEST(CsrfDecision, compares_the_origin_where_the_browser_says_no_more) {
    struct Case {
        std::string_view origin;
        Decision expected;
    };
    for (const auto& [origin, expected] : {
             Case{"https://id.example.com", Decision::token_needed},
             Case{"http://id.example.com", Decision::reject},
             Case{"https://id.example.com:8443", Decision::reject},
             Case{"https://id.example.com.evil.test", Decision::reject},
             Case{"https://evil.test", Decision::reject},
             Case{"null", Decision::reject},
         }) {
        RequestFacts facts = form_post();
        facts.origin = origin;
        facts.is_json = true;
        EXPECT_EQ(decide(facts, own()), expected) << origin;
    }
}

TEST(CsrfDecision, takes_json_for_the_token_only_without_either_header) {
    RequestFacts facts = form_post();
    facts.is_json = true;

    EXPECT_EQ(decide(facts, own()), Decision::pass);
}

TEST(CsrfDecision, lets_a_route_opt_out_for_headerless_clients_only) {
    RequestFacts facts = form_post();
    facts.headerless_clients = HeaderlessClients::accepted;
    EXPECT_EQ(decide(facts, own()), Decision::pass);

    facts.origin = "https://evil.test";
    EXPECT_EQ(decide(facts, own()), Decision::reject);
}

TEST(CsrfDecision, exempts_what_a_bearer_token_authenticated) {
    RequestFacts facts = form_post();
    facts.credential = Credential::bearer;
    facts.sec_fetch_site = "cross-site";

    EXPECT_EQ(decide(facts, own()), Decision::pass);
}

/// Calls `check` with every combination of what requests can say.
template <class Check>
void for_all_facts(Check check) {
    for (const Method method :
         {Method::get,
          Method::head,
          Method::post,
          Method::put,
          Method::patch,
          Method::delete_,
          Method::options}) {
        for (const Credential credential : {Credential::none, Credential::cookie, Credential::bearer}) {
            for (const std::string_view site : {"", "same-origin", "none", "same-site", "cross-site"}) {
                for (const std::string_view origin :
                     {"", "https://id.example.com", "https://evil.test", "null"}) {
                    for (unsigned bits = 0; bits < 4; ++bits) {
                        check(RequestFacts{
                            .method = method,
                            .credential = credential,
                            .sec_fetch_site = site,
                            .origin = origin,
                            .is_json = (bits & 1U) != 0,
                            .headerless_clients =
                                (bits & 2U) != 0 ? HeaderlessClients::accepted : HeaderlessClients::refused,
                        });
                    }
                }
            }
        }
    }
}

TEST(CsrfDecision, holds_for_every_combination) {
    int combinations = 0;
    for_all_facts([&](const RequestFacts& facts) {
        ++combinations;
        const bool is_covered = !http::is_safe(facts.method) && facts.credential != Credential::bearer;
        const bool is_ours = facts.sec_fetch_site == "same-origin" || facts.sec_fetch_site == "none";
        const bool is_foreign =
            (!facts.sec_fetch_site.empty() && !is_ours) ||
            (facts.sec_fetch_site.empty() && !facts.origin.empty() && own() != facts.origin);
        const bool is_headerless = facts.sec_fetch_site.empty() && facts.origin.empty();
        const bool is_excused =
            is_headerless && (facts.is_json || facts.headerless_clients == HeaderlessClients::accepted);

        const Decision decision = decide(facts, own());

        EXPECT_EQ(decision == Decision::reject, is_covered && is_foreign);
        EXPECT_EQ(decision == Decision::pass, !is_covered || is_ours || is_excused);
    });
    EXPECT_EQ(combinations, 7 * 3 * 5 * 4 * 4);
}

}  // namespace
}  // namespace cardea::csrf
