// SPDX-License-Identifier: Apache-2.0
#include "cardea/oauth/provider.h"

#include <gtest/gtest.h>

namespace cardea::oauth {
namespace {

Registration registration() {
    return {"client-1", SecretText("a secret"), "https://app.example/callback"};
}

/// The sentence about what is wrong; empty when nothing is.
std::string problem(const ProviderOptions& options) {
    const Result<> checked = check_options(options);
    if (checked) {
        return {};
    }
    EXPECT_EQ(checked.error().code, Errc::config);
    return checked.error().context;
}

TEST(ProviderOptions, are_ready_for_well_known_providers) {
    EXPECT_EQ(problem(google(registration())), "");
    EXPECT_EQ(problem(github(registration())), "");
    EXPECT_EQ(problem(gitlab(registration())), "");
    EXPECT_EQ(problem(gitlab(registration(), "https://git.example")), "");
    EXPECT_EQ(problem(openid_provider("https://id.example/realms/a", registration())), "");
    EXPECT_EQ(problem(openid_provider("http://localhost:3000", registration())), "");
}

TEST(ProviderOptions, say_what_is_wrong_with_the_issuer) {
    EXPECT_EQ(
        problem(openid_provider("id.example", registration())),
        "oauth: issuer is an absolute https URL without a fragment"
    );
    EXPECT_EQ(
        problem(openid_provider("http://id.example", registration())),
        "oauth: issuer has to be https, except on localhost"
    );
    EXPECT_EQ(
        problem(openid_provider("https://id.example/?a", registration())), "oauth: issuer has no query"
    );
}

TEST(ProviderOptions, say_what_is_wrong_with_the_registration) {
    ProviderOptions no_id = google(registration());
    no_id.registration.client_id.clear();
    ProviderOptions no_secret = google(registration());
    no_secret.registration.client_secret = SecretText();
    ProviderOptions public_client = google(registration());
    public_client.client_authentication = ClientAuthentication::none;
    ProviderOptions redirect = google(registration());
    redirect.registration.redirect_uri = "http://app.example/callback";

    EXPECT_EQ(problem(no_id), "oauth: client_id is missing; the provider gives it at registration");
    EXPECT_EQ(problem(no_secret), "oauth: client_secret is missing; a public client authenticates by `none`");
    EXPECT_EQ(problem(public_client), "oauth: a client that authenticates by `none` has no client_secret");
    EXPECT_EQ(problem(redirect), "oauth: redirect_uri has to be https, except on localhost");
}

TEST(ProviderOptions, never_take_hmac_for_a_signature) {
    ProviderOptions options = google(registration());
    options.id_token_algorithms = {jose::JwsAlgorithm::rs256, {jose::JwsAlgorithm::hs256}};

    EXPECT_EQ(problem(options), "oauth: ID tokens are signed with a key pair, never with HMAC");
}

TEST(ProviderOptions, ask_for_an_id_token) {
    ProviderOptions options = google(registration());
    options.scope = "email openid2";

    EXPECT_EQ(problem(options), "oauth: `openid` is missing in the scope");
}

}  // namespace
}  // namespace cardea::oauth
