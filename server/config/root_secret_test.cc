// SPDX-License-Identifier: Apache-2.0
#include "server/config/root_secret.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

namespace cardea::server {
namespace {

using ::testing::HasSubstr;
namespace fs = std::filesystem;

class RootSecretTest : public ::testing::Test {
 protected:
    RootSecretTest() {
        fs::remove_all(folder_);
        fs::create_directories(folder_);
        config_.data = folder_;
    }
    ~RootSecretTest() override { fs::remove_all(folder_); }

    fs::path write(const std::string& name, const std::string& text, fs::perms mode = fs::perms::owner_read) {
        std::ofstream(folder_ / name) << text;
        fs::permissions(folder_ / name, mode);
        return folder_ / name;
    }
    Result<RootSecret> load(WhenMissing when_missing = WhenMissing::refuse) {
        return load_root_secret(config_, when_missing, random_);
    }

    fs::path folder_ =
        fs::path(::testing::TempDir()) / ::testing::UnitTest::GetInstance()->current_test_info()->name();
    Config config_;
    FakeRandom random_;
    const std::string good_ = "q1w8Zr5tYu2iOp7aSd9fGh3jKl4zXc6vBn0mQwErTyU";
};

TEST_F(RootSecretTest, is_made_once_and_found_again) {
    const Result<RootSecret> made = load(WhenMissing::make);
    const Result<RootSecret> found = load(WhenMissing::make);

    ASSERT_TRUE(made && found);
    EXPECT_TRUE(made->made);
    EXPECT_FALSE(found->made);
    EXPECT_EQ(made->keyring.newest(), found->keyring.newest());
    EXPECT_EQ(fs::status(folder_ / "secret").permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(RootSecretTest, that_is_made_belongs_to_whom_the_folder_belongs_to) {
    if (::geteuid() != 0) {
        GTEST_SKIP() << "only root can give the folder to somebody else";
    }
    constexpr uid_t service = 65534;
    ASSERT_EQ(::chown(folder_.c_str(), service, service), 0);
    ASSERT_TRUE(load(WhenMissing::make));

    struct stat of_folder{};
    struct stat of_secret{};
    ASSERT_EQ(::stat(folder_.c_str(), &of_folder), 0);
    ASSERT_EQ(::stat((folder_ / "secret").c_str(), &of_secret), 0);

    EXPECT_EQ(of_secret.st_uid, of_folder.st_uid);
}

TEST_F(RootSecretTest, is_not_made_anew_for_data_that_had_one) {
    const Result<RootSecret> root = load(WhenMissing::refuse);

    ASSERT_FALSE(root);
    EXPECT_EQ(root.error().code, Errc::config);
    EXPECT_THAT(root.error().context, HasSubstr("put " + (folder_ / "secret").string() + " back"));
    EXPECT_THAT(root.error().context, HasSubstr("openssl rand -hex 32 > " + (folder_ / "secret").string()));
    EXPECT_FALSE(fs::exists(folder_ / "secret"));
}

TEST_F(RootSecretTest, that_passes_is_kept_nowhere) {
    const Result<RootSecret> root = make_ephemeral_secret(random_);

    ASSERT_TRUE(root);
    EXPECT_TRUE(root->file.empty());
    EXPECT_FALSE(fs::exists(folder_ / "secret"));
}

TEST_F(RootSecretTest, must_not_be_readable_by_others) {
    write("secret", good_, fs::perms::owner_read | fs::perms::group_read);

    const Result<RootSecret> root = load();

    ASSERT_FALSE(root);
    EXPECT_THAT(root.error().context, HasSubstr("chmod 600"));
}

TEST_F(RootSecretTest, is_not_written_through_a_link_that_somebody_put_there) {
    write("precious", "precious", fs::perms::owner_read | fs::perms::owner_write);
    fs::create_symlink(folder_ / "precious", folder_ / "secret.new");

    ASSERT_TRUE(load(WhenMissing::make));

    EXPECT_EQ(fs::file_size(folder_ / "precious"), 8U);
    EXPECT_FALSE(fs::is_symlink(folder_ / "secret"));
}

TEST_F(RootSecretTest, must_not_be_weak) {
    write("secret", "short");

    EXPECT_EQ(load().error().code, Errc::config);
}

TEST_F(RootSecretTest, comes_from_a_file_that_is_named) {
    config_.secret_file = write("elsewhere", good_ + "\n");

    const Result<RootSecret> root = load();

    ASSERT_TRUE(root) << root.error().context;
    EXPECT_EQ(root->file, config_.secret_file);
}

TEST_F(RootSecretTest, is_not_replaced_when_its_named_file_is_missing) {
    config_.secret_file = folder_ / "missing";

    EXPECT_EQ(load(WhenMissing::make).error().code, Errc::io);
}

TEST_F(RootSecretTest, comes_from_a_systemd_credential) {
    config_.credentials = folder_;
    write(
        "cardea.secret", good_, fs::perms::owner_read | fs::perms::group_read
    );  // systemd guards the folder

    EXPECT_EQ(load()->file, folder_ / "cardea.secret");
}

TEST_F(RootSecretTest, comes_from_the_configuration_first) {
    config_.secret = SecretText(good_);
    write("secret", "weak");

    EXPECT_TRUE(load()->file.empty());
}

}  // namespace
}  // namespace cardea::server
