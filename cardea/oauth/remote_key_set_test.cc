// SPDX-License-Identifier: Apache-2.0
#include "cardea/oauth/remote_key_set.h"

#include "tests/support/fake_http.h"
#include "tests/support/run_task.h"

#include <gtest/gtest.h>

namespace cardea::oauth {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::run;

class RemoteKeySetTest : public ::testing::Test {
 protected:
    RemoteKeySetTest() { publish(first_); }

    jose::Jwk make_key() { return jose::generate_key(jose::JwsAlgorithm::es256, random_); }
    void publish(const jose::Jwk& key, std::string cache_control = {}) {
        http_.on(uri_, [body = jose::JwkSet({key}).to_json(), cache_control](const http::ClientRequest&) {
            return testing::FakeHttp::json(body, 200, cache_control);
        });
    }
    static jose::KeyQuery query(const jose::Jwk& key) { return {jose::JwsAlgorithm::es256, key.kid()}; }
    /// Whether a token that this key signed can be verified now.
    bool has(const jose::Jwk& key) {
        std::ignore = run(keys_.prepare(query(key)));  // what is not there, find() tells
        return keys_.find(query(key)).has_value();
    }
    [[nodiscard]] std::size_t fetches() const { return http_.times_asked(uri_); }

    const std::string uri_ = "https://id.example/jwks";
    FakeClock clock_;
    FakeRandom random_;
    testing::FakeHttp http_;
    jose::Jwk first_ = make_key();
    jose::Jwk second_ = make_key();
    RemoteKeySet keys_{http::parse_url(uri_).value(), {.accepted = jose::JwsAlgorithm::es256}, http_, clock_};
};

TEST_F(RemoteKeySetTest, fetches_keys_when_they_are_first_needed) {
    EXPECT_EQ(keys_.find(query(first_)).error().code, Errc::not_found);
    EXPECT_EQ(fetches(), 0U);

    EXPECT_TRUE(has(first_));
    EXPECT_TRUE(has(first_));

    EXPECT_EQ(fetches(), 1U);
}

TEST_F(RemoteKeySetTest, fetches_once_for_all_who_wait) {
    std::vector<Task<Result<>>> callers;
    for (int i = 0; i < 20; ++i) {
        callers.push_back(keys_.prepare(query(first_)));
    }

    const std::vector<Result<>> ready = testing::run_all(std::move(callers));

    EXPECT_TRUE(std::ranges::all_of(ready, [](const Result<>& one) { return one.has_value(); }));
    EXPECT_EQ(fetches(), 1U);
}

TEST_F(RemoteKeySetTest, finds_the_new_key_when_the_provider_rotates) {
    EXPECT_TRUE(has(first_));
    publish(second_);

    EXPECT_TRUE(has(second_));
    EXPECT_FALSE(has(first_));
    EXPECT_EQ(fetches(), 2U);
}

TEST_F(RemoteKeySetTest, is_not_made_to_fetch_by_made_up_kids) {
    EXPECT_TRUE(has(first_));
    for (int i = 0; i < 1000; ++i) {
        EXPECT_FALSE(has(second_));
    }
    EXPECT_EQ(fetches(), 2U);

    clock_.advance(minutes(1));
    for (int i = 0; i < 1000; ++i) {
        EXPECT_FALSE(has(second_));
    }
    EXPECT_EQ(fetches(), 3U);
}

TEST_F(RemoteKeySetTest, fetches_again_when_the_lifetime_is_over) {
    EXPECT_TRUE(has(first_));
    clock_.advance(hours(1) - Duration(1));
    EXPECT_TRUE(has(first_));
    EXPECT_EQ(fetches(), 1U);

    clock_.advance(Duration(1));
    EXPECT_TRUE(has(first_));
    EXPECT_EQ(fetches(), 2U);
}

TEST_F(RemoteKeySetTest, forgets_a_key_that_was_taken_back) {
    EXPECT_TRUE(has(first_));
    publish(second_);
    clock_.advance(hours(1));

    EXPECT_FALSE(has(first_));
}

TEST_F(RemoteKeySetTest, follows_cache_control_within_bounds) {
    const auto lives = [this](std::string cache_control, Duration lifetime) {
        RemoteKeySet keys(
            http::parse_url(uri_).value(), {.accepted = jose::JwsAlgorithm::es256}, http_, clock_
        );
        publish(first_, std::move(cache_control));
        EXPECT_TRUE(run(keys.prepare(query(first_))).has_value());
        const std::size_t before = fetches();
        clock_.advance(lifetime - Duration(1));
        EXPECT_TRUE(run(keys.prepare(query(first_))).has_value());
        const bool was_fresh = fetches() == before;
        clock_.advance(Duration(1));
        EXPECT_TRUE(run(keys.prepare(query(first_))).has_value());
        return was_fresh && fetches() == before + 1;
    };

    EXPECT_TRUE(lives("public, max-age=7200", hours(2)));
    EXPECT_TRUE(lives("max-age=1", minutes(5)));
    EXPECT_TRUE(lives("max-age=4000000000", hours(24)));
    EXPECT_TRUE(lives("no-store", minutes(5)));
    EXPECT_TRUE(lives("private", hours(1)));
}

TEST_F(RemoteKeySetTest, goes_on_with_old_keys_while_the_provider_is_away) {
    EXPECT_TRUE(has(first_));
    http_.fail_on(uri_);
    clock_.advance(hours(24));
    EXPECT_TRUE(has(first_));

    clock_.advance(hours(1));
    EXPECT_FALSE(has(first_));
    EXPECT_EQ(run(keys_.prepare(query(first_))).error().code, Errc::upstream_unavailable);
}

TEST_F(RemoteKeySetTest, does_not_hammer_a_provider_that_is_away) {
    http_.fail_on(uri_);
    for (int i = 0; i < 100; ++i) {
        EXPECT_EQ(run(keys_.prepare(query(first_))).error().code, Errc::upstream_unavailable);
    }
    EXPECT_EQ(fetches(), 1U);

    publish(first_);
    clock_.advance(seconds(5));
    EXPECT_TRUE(has(first_));
}

TEST_F(RemoteKeySetTest, asks_again_though_the_clock_went_back) {
    http_.fail_on(uri_);
    EXPECT_FALSE(has(first_));
    publish(first_);
    clock_.advance(-hours(2));
    EXPECT_TRUE(has(first_));

    EXPECT_FALSE(has(second_));
    publish(second_);
    clock_.advance(-hours(2));
    EXPECT_TRUE(has(second_));
}

TEST_F(RemoteKeySetTest, keeps_what_it_has_when_the_answer_is_none) {
    EXPECT_TRUE(has(first_));
    clock_.advance(hours(1));
    for (const char* body :
         {"", "<html>", "[]", R"({"keys":[]})", R"({"keys":[{"kty":"oct","k":"AAAA"}]})"}) {
        http_.on(uri_, body);
        clock_.advance(seconds(5));
        EXPECT_TRUE(has(first_)) << body;
    }
    http_.on(uri_, jose::JwkSet({second_}).to_json(), 404);
    clock_.advance(seconds(5));
    EXPECT_TRUE(has(first_));
    EXPECT_EQ(fetches(), 7U);
}

TEST_F(RemoteKeySetTest, takes_no_secret_for_a_key) {
    http_.on(
        uri_,
        R"({"keys":[{"kty":"oct","kid":"a","alg":"HS256","k":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}]})"
    );

    EXPECT_EQ(run(keys_.prepare({jose::JwsAlgorithm::hs256, "a"})).error().code, Errc::upstream_unavailable);
    EXPECT_FALSE(keys_.find({jose::JwsAlgorithm::hs256, "a"}).has_value());
}

TEST_F(RemoteKeySetTest, keys_outlive_the_set_they_came_with) {
    EXPECT_TRUE(has(first_));
    const std::shared_ptr<const jose::VerificationKey> key = keys_.find(query(first_)).value();
    publish(second_);
    clock_.advance(minutes(1));
    EXPECT_TRUE(has(second_));

    EXPECT_EQ(key->kid(), first_.kid());
}

TEST(CacheLifetime, is_what_max_age_says) {
    EXPECT_EQ(cache_lifetime("max-age=60"), seconds(60));
    EXPECT_EQ(cache_lifetime("public, Max-Age=60 , must-revalidate"), seconds(60));
    EXPECT_EQ(cache_lifetime("max-age=60, no-cache"), seconds(0));
    EXPECT_EQ(cache_lifetime("No-Store"), seconds(0));
    EXPECT_EQ(cache_lifetime(""), std::nullopt);
    EXPECT_EQ(cache_lifetime("public"), std::nullopt);
    EXPECT_EQ(cache_lifetime("max-age="), std::nullopt);
    EXPECT_EQ(cache_lifetime("max-age=\"60\""), std::nullopt);
    EXPECT_EQ(cache_lifetime("max-age=-1"), std::nullopt);
    EXPECT_EQ(cache_lifetime("max-age=99999999999"), std::nullopt);
    EXPECT_EQ(cache_lifetime("s-maxage=60"), std::nullopt);
}

}  // namespace
}  // namespace cardea::oauth
