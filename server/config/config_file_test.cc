// SPDX-License-Identifier: Apache-2.0
#include "server/config/config_file.h"

#include "server/config/trust.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace cardea::server {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using testing::write_file;
namespace fs = std::filesystem;

constexpr uid_t root = 0;
constexpr uid_t us = 1000;
constexpr uid_t somebody = 1001;

std::string distrust(uid_t owner, mode_t mode) {
    struct stat found{};
    found.st_uid = owner;
    found.st_mode = mode;
    return find_distrust(found, us, "--config");
}

TEST(Trust, is_for_what_root_or_we_own_and_nobody_else_can_write_to) {
    EXPECT_EQ(distrust(root, S_IFREG | 0644), "");
    EXPECT_EQ(distrust(us, S_IFREG | 0600), "");
    EXPECT_EQ(distrust(us, S_IFDIR | 0755), "");
    EXPECT_EQ(distrust(us, S_IFLNK | 0777), "");
    EXPECT_THAT(
        distrust(somebody, S_IFREG | 0600),
        HasSubstr("belongs to another user (uid 1001): name it with --config")
    );
    EXPECT_THAT(distrust(somebody, S_IFLNK | 0777), HasSubstr("belongs to another user"));
    EXPECT_THAT(distrust(us, S_IFREG | 0664), HasSubstr("others can write to it: chmod go-w it"));
    EXPECT_THAT(distrust(root, S_IFDIR | 01777), HasSubstr("others can write to it"));
}

TEST(Trust, is_not_for_what_is_gone_when_it_is_looked_at) {
    const testing::TemporaryFolder folder;
    fs::create_symlink(folder.path() / "gone", folder.path() / "link");

    for (const char* name : {"gone", "link"}) {
        EXPECT_THAT(
            find_distrust(folder.path() / name, "--data"), HasSubstr("cannot be looked at (No such file")
        ) << name;
    }
}

/// Works in a folder of its own.
class ConfigFileTest : public ::testing::Test {
 protected:
    ConfigFileTest() { fs::current_path(folder_.path()); }
    ~ConfigFileTest() override { fs::current_path(before_); }

    static std::string mistakes_of(const ConfigSources& sources = {}) {
        const ConfigResult loaded = load_config(sources);
        return loaded ? "" : to_text(loaded.error());
    }

    fs::path before_ = fs::current_path();
    testing::TemporaryFolder folder_;
};

TEST_F(ConfigFileTest, of_the_working_folder_is_read_when_it_is_ours) {
    write_file("cardea.toml", "workers = 3");

    const ConfigResult loaded = load_config({});

    ASSERT_TRUE(loaded) << to_text(loaded.error());
    EXPECT_EQ(loaded->config.workers, 3U);
    EXPECT_EQ(loaded->origins.at("workers"), "cardea.toml:1");
}

TEST_F(ConfigFileTest, that_others_can_write_to_has_to_be_named) {
    write_file("cardea.toml", "data = \"elsewhere\"");
    fs::permissions("cardea.toml", fs::perms::all);

    EXPECT_THAT(mistakes_of(), HasSubstr("cardea.toml: others can write to it"));
    EXPECT_EQ(mistakes_of({.file = "cardea.toml", .environment = {}, .flags = {}}), "");
}

TEST_F(ConfigFileTest, that_is_a_link_to_what_others_can_write_to_has_to_be_named) {
    write_file("shared.toml", "data = \"elsewhere\"");
    fs::permissions("shared.toml", fs::perms::all);
    fs::create_symlink("shared.toml", "cardea.toml");

    EXPECT_THAT(mistakes_of(), HasSubstr("cardea.toml: others can write to it"));
}

TEST_F(ConfigFileTest, that_cannot_be_read_is_a_mistake) {
    fs::create_directory("cardea.toml");

    EXPECT_THAT(mistakes_of(), HasSubstr("cardea.toml: this file cannot be read"));
    EXPECT_THAT(
        mistakes_of({.file = "absent.toml", .environment = {}, .flags = {}}),
        HasSubstr("absent.toml: this file cannot be read")
    );
}

TEST_F(ConfigFileTest, tells_whether_the_data_folder_was_named) {
    EXPECT_FALSE(load_config({})->config.is_data_named);

    write_file("cardea.toml", "data = \"data\"");
    EXPECT_TRUE(load_config({})->config.is_data_named);
}

TEST_F(ConfigFileTest, the_default_data_folder_that_others_can_write_to_has_to_be_named) {
    fs::create_directory("data");
    EXPECT_EQ(mistakes_of(), "");
    fs::permissions("data", fs::perms::all);

    // Named, the lock of the folder refuses it still.
    EXPECT_THAT(mistakes_of(), EndsWith("./data: others can write to it: chmod go-w it\n"));
    EXPECT_EQ(mistakes_of({.file = {}, .environment = {{"CARDEA_DATA", "data"}}, .flags = {}}), "");
}

}  // namespace
}  // namespace cardea::server
