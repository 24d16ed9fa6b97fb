// SPDX-License-Identifier: Apache-2.0
#include "server/commands/desk.h"

#include "server/commands/shell.h"
#include "server/control/client.h"
#include "server/control/control_socket.h"
#include "server/control/wire.h"

#include <boost/asio/co_spawn.hpp>

#include <exception>
#include <utility>

namespace cardea::server {

Result<Json> Desk::ask(std::string_view operation, std::string_view arguments) {
    if (!loaded_) {
        loaded_ = shell_.load();
    }
    if (!loaded_) {
        return fail(Errc::config);
    }
    std::string line = make_control_request(operation, arguments);
    Result<std::string> said = answer(line);
    wipe(line.data(), line.size());  // it may hold a password
    if (!said) {
        return propagate(said);
    }
    Result<Json> result = parse_control_answer(*said);
    wipe(said->data(), said->size());  // it may hold an API key
    return result;
}

Result<std::string> Desk::answer(const std::string& line) {
    if (!operations_) {
        const Answerer answerer = loaded_->origins.contains("data") ? Answerer::folder_owner : Answerer::we;
        Result<std::string> said = ask_server(loaded_->config.data / control_socket_name, line, answerer);
        if (said || said.error().code != Errc::not_found) {
            return said;
        }
        if (Result<> opened = open(); !opened) {
            return propagate(opened);
        }
    }
    return answer_here(line);
}

Result<> Desk::open() {
    Result<std::shared_ptr<Operations>> operations = shell_.program().open(loaded_->config, opening_);
    if (!operations) {
        return propagate(operations);
    }
    operations_ = std::move(*operations);
    return {};
}

std::string Desk::answer_here(const std::string& line) {
    std::string said;
    std::exception_ptr failure;
    boost::asio::co_spawn(
        context_,
        answer_control(*operations_, line),
        [&](std::exception_ptr error, std::string value) {
            failure = std::move(error);
            said = std::move(value);
        }
    );
    context_.restart();
    context_.run();
    if (failure) {
        std::rethrow_exception(failure);
    }
    return said;
}

}  // namespace cardea::server
