// SPDX-License-Identifier: Apache-2.0
#include "server/control/client.h"
#include "server/control/control_socket.h"
#include "server/control/peer.h"
#include "server/control/wire.h"
#include "tests/support/fake_operations.h"
#include "tests/support/run_task.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <sys/stat.h>
#include <thread>

namespace cardea::server {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

Result<Json> ask(testing::FakeOperations& operations, std::string line) {
    return parse_control_answer(testing::run(answer_control(operations, std::move(line))));
}

TEST(ControlWire, carries_a_result) {
    testing::FakeOperations operations;
    const std::string id = operations.put("ann@example.com", "Ann");

    const Result<Json> result =
        ask(operations, make_control_request("account.show", R"({"account":"ann@example.com"})"));

    ASSERT_TRUE(result);
    EXPECT_EQ(result->find_text("id"), id);
    EXPECT_EQ(result->find_text("name"), "Ann");
    EXPECT_TRUE(result->find("username")->is_null());
}

TEST(ControlWire, carries_an_error_with_its_code) {
    testing::FakeOperations operations;

    const Result<Json> result =
        ask(operations, make_control_request("account.show", R"({"account":"nobody"})"));

    ASSERT_FALSE(result);
    EXPECT_EQ(result.error(), (Error{Errc::not_found, "account"}));
}

TEST(ControlWire, never_shows_a_password_hash) {
    testing::FakeOperations operations;
    operations.put("ann@example.com");
    operations.accounts[0].password_hash = "$argon2id$v=19$secret";

    const std::string answer =
        testing::run(answer_control(operations, make_control_request("account.list", "{}")));

    EXPECT_THAT(answer, HasSubstr(R"("has_password":true)"));
    EXPECT_THAT(answer, Not(HasSubstr("argon2id")));
}

TEST(ControlWire, answers_whatever_it_is_asked) {
    testing::FakeOperations operations;

    EXPECT_EQ(ask(operations, "").error().code, Errc::malformed);
    EXPECT_EQ(ask(operations, "[]").error().code, Errc::malformed);
    EXPECT_EQ(ask(operations, "{}").error().code, Errc::malformed);
    EXPECT_EQ(ask(operations, R"({"operation":"account.list"})").error().code, Errc::malformed);
    EXPECT_EQ(ask(operations, R"({"operation":"account.list","arguments":1})").error().code, Errc::malformed);
    EXPECT_EQ(ask(operations, R"({"operation":"halt","arguments":{}})").error().code, Errc::unsupported);
    EXPECT_EQ(
        ask(operations, R"({"operation":"account.show","arguments":{"account":7}})").error().code,
        Errc::not_found
    );
}

TEST(ControlWire, refuses_an_answer_that_is_none) {
    EXPECT_EQ(parse_control_answer("nonsense").error().code, Errc::malformed);
    EXPECT_EQ(parse_control_answer("{}").error().code, Errc::malformed);
    EXPECT_EQ(parse_control_answer(R"({"error":{"code":"of the future"}})").error().code, Errc::internal);
}

TEST(ControlPeer, is_root_or_our_user_or_whom_the_folder_belongs_to_where_that_counts) {
    constexpr uid_t us = 1000;
    constexpr uid_t service = 999;
    constexpr uid_t somebody = 1001;

    EXPECT_TRUE(is_trusted_peer(0, us, std::nullopt));
    EXPECT_TRUE(is_trusted_peer(us, us, std::nullopt));
    EXPECT_TRUE(is_trusted_peer(service, us, service));
    EXPECT_FALSE(is_trusted_peer(service, us, std::nullopt));
    EXPECT_FALSE(is_trusted_peer(somebody, us, service));
    EXPECT_FALSE(is_trusted_peer(std::nullopt, us, std::nullopt));
}

/// A control socket that a thread of its own serves.
class ControlSocketTest : public ::testing::Test {
 protected:
    ControlSocketTest() {
        Result<std::unique_ptr<ControlSocket>> listening =
            ControlSocket::listen(context_.get_executor(), path_, operations_);
        EXPECT_TRUE(listening) << listening.error().context;
        socket_ = std::move(*listening);
        thread_ = std::thread([this] { context_.run(); });
    }
    ~ControlSocketTest() override { stop(); }

    void stop() {
        context_.stop();
        if (thread_.joinable()) {
            thread_.join();
        }
        socket_.reset();
    }

    testing::TemporaryFolder folder_;
    std::filesystem::path path_ = folder_.path() / control_socket_name;
    testing::FakeOperations operations_;
    boost::asio::io_context context_;
    std::unique_ptr<ControlSocket> socket_;
    std::thread thread_;
};

TEST_F(ControlSocketTest, answers_one_command_after_the_other) {
    const std::string id = operations_.put("ann@example.com");
    const std::string request = make_control_request("account.disable", R"({"account":"ann@example.com"})");

    const Result<std::string> first = ask_server(path_, request, Answerer::we);
    const Result<std::string> second = ask_server(path_, request, Answerer::we);

    ASSERT_TRUE(first && second);
    EXPECT_TRUE(parse_control_answer(*first));
    stop();
    EXPECT_THAT(operations_.calls, ElementsAre("disable " + id, "disable " + id));
}

TEST_F(ControlSocketTest, is_open_to_its_owner_alone) {
    struct stat status{};
    ASSERT_EQ(::stat(path_.c_str(), &status), 0);

    EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST_F(ControlSocketTest, is_gone_after_a_stop) {
    stop();

    EXPECT_FALSE(std::filesystem::exists(path_));
    EXPECT_EQ(ask_server(path_, "{}", Answerer::we).error().code, Errc::not_found);
}

TEST(ControlSocket, takes_the_place_of_one_that_a_crash_left) {
    const testing::TemporaryFolder folder;
    const std::filesystem::path path = folder.path() / control_socket_name;
    std::ofstream(path) << "left over";
    testing::FakeOperations operations;
    boost::asio::io_context context;

    EXPECT_TRUE(ControlSocket::listen(context.get_executor(), path, operations));
}

TEST(ControlSocket, says_when_the_path_is_too_long) {
    testing::FakeOperations operations;
    boost::asio::io_context context;

    const auto listening =
        ControlSocket::listen(context.get_executor(), "/" + std::string(200, 'x'), operations);

    ASSERT_FALSE(listening);
    EXPECT_THAT(listening.error().context, HasSubstr("choose a shorter data folder"));
}

}  // namespace
}  // namespace cardea::server
