// SPDX-License-Identifier: Apache-2.0
#include "server/control/client.h"

#include "cardea/base/bytes.h"
#include "server/control/peer.h"
#include "server/control/wire.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <fmt/format.h>

#include <optional>
#include <sys/stat.h>
#include <unistd.h>

namespace cardea::server {

namespace asio = boost::asio;

namespace {

/// It is about to be told a password.
Result<> check_answerer(int descriptor, const std::filesystem::path& path, Answerer answerer) {
    const std::optional<uid_t> peer = find_peer(descriptor);
    struct stat folder{};
    std::optional<uid_t> owner;
    if (answerer == Answerer::folder_owner && ::stat(path.parent_path().c_str(), &folder) == 0) {
        owner = folder.st_uid;
    }
    if (is_trusted_peer(peer, ::geteuid(), owner)) {
        return {};
    }
    return fail(
        Errc::io,
        fmt::format(
            "{}: a process of another user (uid {}) listens there: "
            "remove the file if it is not your server's, or name the data folder that you mean with --data",
            path.string(),
            peer ? std::to_string(*peer) : "unknown"
        )
    );
}

}  // namespace

Result<std::string> ask_server(const std::filesystem::path& path, std::string line, Answerer answerer) {
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
    if (!error) {
        if (Result<> checked = check_answerer(socket.native_handle(), path, answerer); !checked) {
            return propagate(checked);
        }
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
