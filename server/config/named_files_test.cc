// SPDX-License-Identifier: Apache-2.0
#include "server/config/named_files.h"

#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cardea::server {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::write_file;

constexpr std::string_view settings_with_files = R"(
public_url = "https://login.example.com"
secret_file = "FOLDER/root.secret"

[password]
blocklist = "FOLDER/blocklist"

[[providers]]
id = "google"
kind = "google"
client_id = "1234"
client_secret_file = "FOLDER/google.secret"
)";

class ConfigFiles : public ::testing::Test {
 protected:
    [[nodiscard]] std::string mistakes_in(std::string toml) const {
        const std::string folder = folder_.path().string();
        for (std::size_t at = toml.find("FOLDER"); at != std::string::npos; at = toml.find("FOLDER")) {
            toml.replace(at, 6, folder);
        }
        Gathered gathered;
        gather_toml(toml, "cardea.toml", gathered);
        gathered.values["data"] = {{folder}, "--data"};
        return to_text(check_files(make_config(std::move(gathered)).value()));
    }
    void write_secret(const std::string& name, std::string_view text) const {
        write_file(folder_.path() / name, text);
        std::filesystem::permissions(folder_.path() / name, std::filesystem::perms::owner_read);
    }

    testing::TemporaryFolder folder_;
};

TEST_F(ConfigFiles, that_are_not_there_are_named_together) {
    EXPECT_THAT(
        mistakes_in(std::string(settings_with_files)),
        AllOf(
            HasSubstr("cardea.toml:3: the root secret cannot be read"),
            HasSubstr("cardea.toml:6: The blocklist"),
            HasSubstr("cardea.toml:8: the client secret of the provider google cannot be read")
        )
    );
}

TEST_F(ConfigFiles, that_others_can_read_are_named) {
    write_file(folder_.path() / "root.secret", "q1w8Zr5tYu2iOp7aSd9fGh3jKl4zXc6vBn0mQwErTyU");
    write_file(folder_.path() / "google.secret", "GOCSPX");

    EXPECT_THAT(
        mistakes_in(std::string(settings_with_files)),
        AllOf(
            HasSubstr("others can read the root secret"),
            HasSubstr("others can read the client secret of the provider google")
        )
    );
}

TEST_F(ConfigFiles, that_are_good_are_no_mistake_and_none_is_made) {
    write_secret("google.secret", "GOCSPX");

    EXPECT_EQ(
        mistakes_in("[[providers]]\nid = \"google\"\nkind = \"google\"\nclient_id = \"1\"\n"
                    "client_secret_file = \"FOLDER/google.secret\""),
        ""
    );
    EXPECT_FALSE(std::filesystem::exists(folder_.path() / "secret"));
}

TEST_F(ConfigFiles, of_the_data_folder_count_too) {
    write_secret("secret", "weak");

    EXPECT_THAT(mistakes_in(""), HasSubstr("secret: "));
}

}  // namespace
}  // namespace cardea::server
