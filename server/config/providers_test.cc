// SPDX-License-Identifier: Apache-2.0
#include "server/config/providers.h"

#include "server/config/provider_settings.h"
#include "server/config/text.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace cardea::server {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

constexpr std::string_view google = R"(
[[providers]]
id = "google"
kind = "google"
client_id = "1234.apps.googleusercontent.com"
client_secret = "GOCSPX-secret"
)";

ConfigResult load(std::string_view toml, const Variables& environment = {}) {
    Gathered gathered;
    gather_toml(toml, "cardea.toml", gathered);
    gather_environment(environment, gathered);
    return make_config(std::move(gathered));
}

std::string mistakes_of(std::string_view toml, const Variables& environment = {}) {
    const ConfigResult result = load(toml, environment);
    return result ? "" : to_text(result.error());
}

/// An entry of an OpenID provider with one more line.
std::string entry(std::string_view line) {
    std::string out = "[[providers]]\nid = \"staff\"\nclient_id = \"cardea\"\nclient_secret = \"s\"\n";
    return out.append(line);
}

void write_file(const std::filesystem::path& path, std::string_view text, std::filesystem::perms mode) {
    std::ofstream(path) << text;
    std::filesystem::permissions(path, mode);
}

constexpr auto owner_only = std::filesystem::perms::owner_read | std::filesystem::perms::owner_write;

TEST(ProviderConfig, reads_an_entry) {
    const ConfigResult loaded = load(google);

    ASSERT_TRUE(loaded) << to_text(loaded.error());
    ASSERT_THAT(loaded->config.providers, SizeIs(1));
    const ProviderConfig& provider = loaded->config.providers[0];
    EXPECT_EQ(provider.id, "google");
    EXPECT_EQ(provider.kind, ProviderKind::google);
    EXPECT_EQ(provider.shown_name(), "Google");
    EXPECT_EQ(provider.client_secret.expose(), "GOCSPX-secret");
    EXPECT_EQ(callback_path(provider), "/login/google/callback");
}

TEST(ProviderConfig, keeps_the_order_of_the_file) {
    const ConfigResult loaded =
        load(entry("issuer = \"https://login.example.com\"\nname = \"Staff\"") + std::string(google));

    ASSERT_TRUE(loaded) << to_text(loaded.error());
    ASSERT_THAT(loaded->config.providers, SizeIs(2));
    EXPECT_EQ(loaded->config.providers[0].shown_name(), "Staff");
    EXPECT_EQ(loaded->config.providers[1].shown_name(), "Google");
}

TEST(ProviderConfig, makes_the_options_of_each_kind) {
    Config config;
    config.public_url = http::parse_url("https://login.example.com").value();
    struct Expected {
        std::string_view lines;
        std::string_view issuer;
        std::string_view scope;
    };
    for (const Expected& expected :
         {Expected{"kind = \"google\"", "https://accounts.google.com", "openid email profile"},
          Expected{"kind = \"github\"", "https://github.com/login/oauth", "read:user user:email"},
          Expected{"kind = \"gitlab\"", "https://gitlab.com", "openid email profile"},
          Expected{
              "kind = \"gitlab\"\nissuer = \"https://git.example.com\"",
              "https://git.example.com",
              "openid email profile"
          },
          Expected{
              "issuer = \"https://sso.example.com\"\nscope = \"openid\"", "https://sso.example.com", "openid"
          }}) {
        const ConfigResult loaded = load(entry(expected.lines));
        ASSERT_TRUE(loaded) << to_text(loaded.error());

        const auto options = make_provider_options(loaded->config.providers[0], config);

        ASSERT_TRUE(options) << options.error().context;
        EXPECT_EQ(options->issuer, expected.issuer);
        EXPECT_EQ(options->scope, expected.scope);
        EXPECT_EQ(options->registration.redirect_uri, "https://login.example.com/login/staff/callback");
        EXPECT_EQ(options->registration.client_secret.expose(), "s");
    }
}

TEST(ProviderConfig, trusts_addresses_of_the_kinds_that_check_them_and_of_others_where_it_is_said) {
    const auto trusts = [](std::string_view lines) {
        const ConfigResult loaded = load(entry(lines));
        EXPECT_TRUE(loaded) << to_text(loaded.error());
        return loaded && loaded->config.providers[0].trusts_email();
    };

    EXPECT_TRUE(trusts("kind = \"google\""));
    EXPECT_TRUE(trusts("kind = \"github\""));
    EXPECT_TRUE(trusts("kind = \"gitlab\""));
    EXPECT_FALSE(trusts("kind = \"gitlab\"\ntrust_email = false"));
    EXPECT_FALSE(trusts("issuer = \"https://sso.example.com\""));
    EXPECT_TRUE(trusts("issuer = \"https://sso.example.com\"\ntrust_email = true"));
    EXPECT_THAT(mistakes_of(entry("trust_email = \"perhaps\"")), HasSubstr("providers.trust_email: "));
}

TEST(ProviderConfig, says_what_is_missing_or_too_much) {
    const std::string no_secret = "[[providers]]\nid = \"staff\"\nclient_id = \"cardea\"\n";

    EXPECT_THAT(mistakes_of("[[providers]]"), HasSubstr("cardea.toml:1: providers.id: give the provider"));
    EXPECT_THAT(mistakes_of("[[providers]]\nid = \"staff\""), HasSubstr("providers.client_id: "));
    EXPECT_THAT(
        mistakes_of(no_secret),
        HasSubstr("providers.client_secret: set either this (or CARDEA_PROVIDERS_STAFF_CLIENT_SECRET)")
    );
    EXPECT_THAT(mistakes_of(entry("client_secret_file = \"x\"")), HasSubstr("providers.client_secret: "));
    EXPECT_THAT(mistakes_of(entry("")), HasSubstr("providers.issuer: name the provider's issuer"));
    EXPECT_THAT(
        mistakes_of(entry("kind = \"google\"\nissuer = \"https://x.example\"")),
        HasSubstr("providers.issuer: leave it out")
    );
}

TEST(ProviderConfig, says_what_is_wrong_with_a_value) {
    EXPECT_THAT(
        mistakes_of(entry("kind = \"gogle\"")), HasSubstr("cardea.toml:5: providers.kind: choose one")
    );
    EXPECT_THAT(mistakes_of("[[providers]]\nid = \"My IdP\""), HasSubstr("providers.id: use up to 32"));
    EXPECT_THAT(
        mistakes_of(entry("issuer = \"http://login.example.com\"")), HasSubstr("issuer has to be https")
    );
    EXPECT_THAT(mistakes_of(entry("issuer = \"https://x.example\"\nscope = \"email\"")), HasSubstr("openid"));
    EXPECT_THAT(mistakes_of(entry("isuer = \"https://x.example\"")), HasSubstr("did you mean issuer?"));
    EXPECT_THAT(mistakes_of(entry("issuer = [\"https://x.example\"]")), HasSubstr("takes a text"));
    EXPECT_THAT(mistakes_of("providers = \"google\""), HasSubstr("[[providers]] table"));
    EXPECT_THAT(
        mistakes_of(std::string(google) + std::string(google)), HasSubstr("another provider has this id")
    );
}

TEST(ProviderConfig, takes_the_secret_from_the_environment) {
    const std::string toml = "[[providers]]\nid = \"google\"\nkind = \"google\"\nclient_id = \"1234\"\n";

    const ConfigResult loaded = load(toml, {{"CARDEA_PROVIDERS_GOOGLE_CLIENT_SECRET", "from outside"}});

    ASSERT_TRUE(loaded) << to_text(loaded.error());
    EXPECT_EQ(loaded->config.providers[0].client_secret.expose(), "from outside");
    EXPECT_THAT(
        mistakes_of(toml, {{"CARDEA_PROVIDERS_GOGLE_CLIENT_SECRET", "from outside"}}),
        HasSubstr("CARDEA_PROVIDERS_GOGLE_CLIENT_SECRET: no entry of [[providers]] has this id")
    );
}

TEST(ProviderConfig, takes_the_secret_from_a_file_that_nobody_else_reads) {
    const testing::TemporaryFolder folder;
    const std::filesystem::path file = folder.path() / "google.secret";
    ProviderConfig provider;
    provider.id = "google";
    provider.kind = ProviderKind::google;
    provider.client_secret_file = file;
    Config config;
    config.public_url = http::parse_url("https://login.example.com").value();

    EXPECT_THAT(make_provider_options(provider, config).error().context, HasSubstr("cannot be read"));
    write_file(file, "from a file\n", owner_only);
    EXPECT_EQ(
        make_provider_options(provider, config).value().registration.client_secret.expose(), "from a file"
    );
    write_file(file, "\n", owner_only);
    EXPECT_THAT(make_provider_options(provider, config).error().context, HasSubstr("is empty"));
    write_file(file, "from a file\n", owner_only | std::filesystem::perms::others_read);
    EXPECT_THAT(make_provider_options(provider, config).error().context, HasSubstr("chmod 600"));
}

TEST(ProviderConfig, takes_the_secret_from_a_credential_of_systemd) {
    const testing::TemporaryFolder folder;
    ProviderConfig provider;
    provider.id = "google";
    provider.kind = ProviderKind::google;
    provider.client_secret_file = folder.path() / "google.secret";
    // As systemd makes it: the mode says nothing, the folder keeps others out.
    write_file(
        provider.client_secret_file, "from systemd\n", owner_only | std::filesystem::perms::group_read
    );
    Config config;

    EXPECT_THAT(make_provider_options(provider, config).error().context, HasSubstr("chmod 600"));
    config.credentials = folder.path();
    EXPECT_EQ(
        make_provider_options(provider, config).value().registration.client_secret.expose(), "from systemd"
    );
    config.credentials = folder.path().parent_path();
    EXPECT_THAT(make_provider_options(provider, config).error().context, HasSubstr("chmod 600"));
}

TEST(ProviderConfig, a_file_with_a_secret_is_its_owners_alone) {
    const testing::TemporaryFolder folder;
    const std::filesystem::path file = folder.path() / "cardea.toml";
    write_file(file, google, owner_only | std::filesystem::perms::group_read);

    const ConfigResult loaded = load_config({.file = file, .environment{}, .flags{}});

    ASSERT_FALSE(loaded);
    EXPECT_THAT(to_text(loaded.error()), HasSubstr("or use client_secret_file"));
}

TEST(ProviderConfig, is_printed_without_its_secret) {
    const ConfigResult loaded = load(google);
    ASSERT_TRUE(loaded);

    const std::string printed = to_toml(*loaded);

    EXPECT_THAT(printed, HasSubstr("[[providers]]  # cardea.toml:2\nid = \"google\"\nkind = \"google\"\n"));
    EXPECT_THAT(printed, HasSubstr("client_secret = \"***\""));
    EXPECT_THAT(printed, Not(HasSubstr("GOCSPX")));
}

TEST(ProviderConfig, every_key_is_in_the_reference) {
    const std::string reference = make_reference();

    for (const ProviderSetting& setting : provider_settings()) {
        EXPECT_THAT(reference, HasSubstr("| `" + std::string(setting.name) + "` |"));
    }
}

}  // namespace
}  // namespace cardea::server
