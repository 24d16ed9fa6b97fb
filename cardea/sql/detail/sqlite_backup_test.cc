// SPDX-License-Identifier: Apache-2.0
#include "cardea/sql/detail/sqlite_backup.h"

#include "cardea/sql/private_file.h"
#include "tests/support/item_database.h"

#include <gtest/gtest.h>

#include <fcntl.h>

namespace cardea::sql::detail {
namespace {

TEST(CopyTo, writes_to_no_file_but_the_one_that_was_made) {
    const testing::TemporaryFolder folder;
    const SqliteOptions options = options_in(folder);
    std::ignore = open_in(folder);  // makes it
    auto source = SqliteConnection::open(options, Access::read);
    ASSERT_TRUE(source);
    const std::filesystem::path copy = folder.path() / "copy";
    const std::filesystem::path precious = folder.path() / "precious";
    testing::write_file(precious, "");
    const Closer made(::open(copy.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    std::filesystem::rename(copy, folder.path() / "taken away");
    std::filesystem::create_symlink(precious, copy);

    const Result<> copied = copy_to(**source, copy, made.descriptor, CopyCheck::none);

    ASSERT_FALSE(copied);
    EXPECT_EQ(copied.error().code, Errc::io);
    EXPECT_EQ(std::filesystem::file_size(precious), 0U);
}

}  // namespace
}  // namespace cardea::sql::detail
