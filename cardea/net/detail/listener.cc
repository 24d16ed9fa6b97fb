// SPDX-License-Identifier: Apache-2.0
#include "cardea/net/detail/listener.h"

#include <boost/asio/detail/socket_option.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <fmt/format.h>

#include <charconv>
#include <cstdint>
#include <sys/socket.h>

namespace cardea::net::detail {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

enum class SharePort : std::uint8_t { no, yes };

std::string_view advice(const error_code& error) {
    if (error == asio::error::address_in_use) {
        return "is in use: stop the program that listens there, or listen on another port";
    }
    if (error == asio::error::access_denied) {
        return "may not be used by this user: ports below 1024 need the right to bind them";
    }
    if (error == boost::system::errc::address_not_available) {
        return "is not an address of this machine";
    }
    if (error == asio::error::address_family_not_supported) {
        return "cannot be used: this machine has no such kind of address";
    }
    return {};
}

std::unexpected<Error> cannot_listen(const Tcp::endpoint& endpoint, const error_code& error) {
    const std::string_view known = advice(error);
    return fail(
        Errc::io,
        known.empty() ? fmt::format("cannot listen on {}: {}", to_string(endpoint), error.message())
                      : fmt::format("{} {}", to_string(endpoint), known)
    );
}

error_code bind_and_listen(Acceptor& acceptor, const Tcp::endpoint& endpoint, SharePort share) {
    error_code error;
    acceptor.open(endpoint.protocol(), error);
    if (!error) {
        acceptor.set_option(asio::socket_base::reuse_address(true), error);
    }
    if (!error && share == SharePort::yes) {
        acceptor.set_option(ReusePort(true), error);
    }
    if (!error && endpoint.address().is_v6()) {
        acceptor.set_option(asio::ip::v6_only(true), error);
    }
    if (!error) {
        acceptor.set_option(Tcp::no_delay(true), error);  // accepted sockets inherit it
    }
    if (!error) {
        acceptor.bind(endpoint, error);
    }
    if (!error) {
        acceptor.listen(asio::socket_base::max_listen_connections, error);
    }
    return error;
}

}  // namespace

Result<Tcp::endpoint> parse_listen_address(std::string_view text) {
    const std::size_t colon = text.rfind(':');
    std::string_view host = text.substr(0, colon);
    const std::string_view port_text = colon == std::string_view::npos ? "" : text.substr(colon + 1);
    const bool has_brackets = host.starts_with('[') && host.ends_with(']');
    if (has_brackets) {
        host = host.substr(1, host.size() - 2);
    }
    error_code error;
    const asio::ip::address address = asio::ip::make_address(host, error);
    std::uint16_t port = 0;
    const char* const port_end = port_text.data() + port_text.size();
    const auto [end, port_error] = std::from_chars(port_text.data(), port_end, port);
    if (error || address.is_v6() != has_brackets || port_error != std::errc() || end != port_end) {
        return fail(
            Errc::config,
            fmt::format(
                "\"{}\" is not an address to listen on: write an IP address and a port, such as "
                "127.0.0.1:8080 "
                "or [::1]:8080",
                text
            )
        );
    }
    return Tcp::endpoint(address, port);
}

std::string to_string(const Tcp::endpoint& endpoint) {
    const std::string address = endpoint.address().to_string();
    return endpoint.address().is_v6() ? fmt::format("[{}]:{}", address, endpoint.port())
                                      : fmt::format("{}:{}", address, endpoint.port());
}

Result<Tcp::endpoint> prove_free(const Tcp::endpoint& endpoint) {
    asio::io_context context(1);
    Acceptor acceptor(context.get_executor());
    if (const error_code error = bind_and_listen(acceptor, endpoint, SharePort::no)) {
        return cannot_listen(endpoint, error);
    }
    return acceptor.local_endpoint();
}

Result<Acceptor> open_listener(Executor executor, const Tcp::endpoint& endpoint) {
    Acceptor acceptor(executor);
    if (const error_code error = bind_and_listen(acceptor, endpoint, SharePort::yes)) {
        return cannot_listen(endpoint, error);
    }
    return acceptor;
}

}  // namespace cardea::net::detail
