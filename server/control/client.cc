// SPDX-License-Identifier: Apache-2.0
#include "server/control/client.h"

#include "cardea/base/bytes.h"
#include "server/control/wire.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <fmt/format.h>

namespace cardea::server {

namespace asio = boost::asio;

Result<std::string> ask_server(const std::filesystem::path& path, std::string line) {
    if (path.native().size() >= sizeof(sockaddr_un::sun_path)) {
        return fail(Errc::not_found, "no server can listen at so long a path");
    }
    asio::io_context context;
    asio::local::stream_protocol::socket socket(context);
    boost::system::error_code error;
    socket.connect(asio::local::stream_protocol::endpoint(path.string()), error);
    if (error == asio::error::connection_refused || error == boost::system::errc::no_such_file_or_directory) {
        return fail(Errc::not_found, "no server runs on this data folder");
    }
    std::string answer;
    std::size_t size = 0;
    if (!error) {
        line += '\n';
        asio::write(socket, asio::buffer(line), error);
        wipe(line.data(), line.size());  // it may hold a password
    }
    if (!error) {
        size = asio::read_until(socket, asio::dynamic_buffer(answer, max_control_line), '\n', error);
    }
    if (error) {
        return fail(Errc::io, fmt::format("{}: {}", path.string(), error.message()));
    }
    answer.resize(size - 1);
    return answer;
}

}  // namespace cardea::server
