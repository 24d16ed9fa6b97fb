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

}  // namespace
}  // namespace cardea::csrf
