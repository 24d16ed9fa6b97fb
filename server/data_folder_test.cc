// SPDX-License-Identifier: Apache-2.0
#include "server/data_folder.h"

#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <unistd.h>

namespace cardea::server {
namespace {

Config config_of(const std::filesystem::path& folder) {
    Config config;
    config.data = folder;
    return config;
}

TEST(DataFolder, is_made_and_held) {
    const testing::TemporaryFolder folder;
    const Config config = config_of(folder.path() / "data");

    const Result<sql::DataFolderLock> held = hold_data_folder(config);

    EXPECT_TRUE(held.has_value());
    EXPECT_FALSE(hold_data_folder(config).has_value());
}

// load_config() has looked already: here somebody put theirs in its place since then.
TEST(DataFolder, of_another_user_that_nobody_named_is_not_held) {
    if (::geteuid() != 0) {
        GTEST_SKIP() << "only root can give a folder to somebody else";
    }
    const testing::TemporaryFolder folder;
    Config config = config_of(folder.path() / "data");
    std::filesystem::create_directory(config.data);
    ASSERT_EQ(::chown(config.data.c_str(), 65534, 65534), 0);

    const Result<sql::DataFolderLock> held = hold_data_folder(config);

    ASSERT_FALSE(held.has_value());
    EXPECT_EQ(held.error().code, Errc::config);
    EXPECT_THAT(held.error().context, ::testing::HasSubstr("it belongs to another user (uid 65534)"));
    EXPECT_TRUE(std::filesystem::is_empty(config.data));
    config.is_data_named = true;
    EXPECT_TRUE(hold_data_folder(config).has_value());
}

}  // namespace
}  // namespace cardea::server
