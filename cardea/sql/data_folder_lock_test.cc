// SPDX-License-Identifier: Apache-2.0
#include "cardea/sql/data_folder_lock.h"

#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

namespace cardea::sql {
namespace {

using testing::TemporaryFolder;

TEST(DataFolder, is_private_however_it_is_written) {
    const TemporaryFolder folder;
    for (const char* name : {"a", "b/", "c//", "d/.", "e/./", "f/g/"}) {
        ASSERT_TRUE(make_data_folder(folder.path() / name)) << name;
        ASSERT_TRUE(make_data_folder(folder.path() / name)) << name;

        EXPECT_EQ(
            std::filesystem::status(folder.path() / name).permissions(), std::filesystem::perms::owner_all
        ) << name;
    }
    EXPECT_TRUE(make_data_folder("."));
    EXPECT_TRUE(make_data_folder("/"));
}

// flock() belongs to the open file, so a second open in this process stands for another process.
TEST(DataFolderLock, admits_one_holder) {
    const TemporaryFolder folder;
    const Result<DataFolderLock> first = DataFolderLock::acquire(folder.path());
    ASSERT_TRUE(first.has_value());

    const Result<DataFolderLock> second = DataFolderLock::acquire(folder.path());

    ASSERT_FALSE(second.has_value());
    EXPECT_EQ(second.error().code, Errc::io);
    EXPECT_THAT(second.error().context, ::testing::HasSubstr(std::to_string(::getpid())));
}

TEST(DataFolderLock, is_free_again_after_its_holder) {
    const TemporaryFolder folder;
    {
        ASSERT_TRUE(DataFolderLock::acquire(folder.path()).has_value());
    }

    EXPECT_TRUE(DataFolderLock::acquire(folder.path()).has_value());
}

TEST(DataFolderLock, says_what_to_do_when_the_folder_is_none) {
    const TemporaryFolder folder;
    testing::write_file(folder.path() / "file", "");

    const Result<DataFolderLock> lock = DataFolderLock::acquire(folder.path() / "file");

    ASSERT_FALSE(lock.has_value());
    EXPECT_EQ(
        lock.error().context,
        (folder.path() / "file").string() +
            " cannot be used (Not a directory): run this as its owner, or choose another data folder"
    );
}

TEST(DataFolderLock, moves_with_its_owner) {
    const TemporaryFolder folder;
    std::optional<DataFolderLock> kept;
    {
        Result<DataFolderLock> lock = DataFolderLock::acquire(folder.path());
        kept = std::move(*lock);
    }

    EXPECT_FALSE(DataFolderLock::acquire(folder.path()).has_value());
}

TEST(DataFolderLock, refuses_a_folder_that_others_can_write_to) {
    const TemporaryFolder folder;
    using std::filesystem::perms;
    for (const perms others : {perms::group_write, perms::others_write}) {
        std::filesystem::permissions(folder.path(), perms::owner_all | others);

        EXPECT_EQ(DataFolderLock::acquire(folder.path()).error().code, Errc::config);
    }
}

TEST(DataFolderLock, belongs_to_whom_the_folder_belongs_to) {
    if (::geteuid() != 0) {
        GTEST_SKIP() << "only root can give the folder to somebody else";
    }
    const TemporaryFolder folder;
    constexpr uid_t service = 65534;
    ASSERT_EQ(::chown(folder.path().c_str(), service, service), 0);
    ASSERT_TRUE(DataFolderLock::acquire(folder.path()));

    struct stat of_folder{};
    struct stat of_lock{};
    ASSERT_EQ(::stat(folder.path().c_str(), &of_folder), 0);
    ASSERT_EQ(::stat((folder.path() / "lock").c_str(), &of_lock), 0);

    EXPECT_EQ(of_lock.st_uid, of_folder.st_uid);
    EXPECT_EQ(of_lock.st_gid, of_folder.st_gid);
    EXPECT_EQ(of_lock.st_mode & 0777U, 0600U);
}

TEST(DataFolderLock, follows_no_link_that_somebody_put_in_its_place) {
    const TemporaryFolder folder;
    testing::write_file(folder.path() / "precious", "precious");
    std::filesystem::create_symlink(folder.path() / "precious", folder.path() / "lock");

    EXPECT_EQ(DataFolderLock::acquire(folder.path()).error().code, Errc::io);
    EXPECT_EQ(std::filesystem::file_size(folder.path() / "precious"), 8U);
}

TEST(DataFolderLock, reports_a_folder_that_is_not_there) {
    const TemporaryFolder folder;

    EXPECT_EQ(DataFolderLock::acquire(folder.path() / "absent").error().code, Errc::io);
}

}  // namespace
}  // namespace cardea::sql
