// SPDX-License-Identifier: Apache-2.0
#include "cardea/fetch/client.h"

#include <boost/asio/co_spawn.hpp>

#include <iostream>
#include <tuple>

namespace fetch = cardea::fetch;
namespace http = cardea::http;

// [request]
/// A Task runs on an event loop; the waiting happens on a thread of the client's.
cardea::Task<> show(http::Client& client, http::Url url) {
    http::ClientRequest request = http::ClientRequest::get(std::move(url));
    request.add_header("Accept", "application/json");
    const cardea::Result<http::ClientResponse> response = co_await client.send(std::move(request));
    if (!response) {
        std::cout << name(response.error().code) << ": " << response.error().context << "\n";
        co_return;
    }
    std::cout << response->status() << " " << response->header("Content-Type") << "\n";
}
// [/request]

int main() {
    // [client]
    // Once, at the start. It goes to public addresses over https; everything else has to be named:
    fetch::ClientOptions options;
    options.allowed_networks = {http::parse_network("10.20.0.0/16").value()};
    options.timeout = std::chrono::seconds(3);
    fetch::Client client(options);
    // [/client]

    // What a name leads to is looked at when the socket opens, so none of these reaches anything.
    boost::asio::io_context context(1);
    for (const char* address : {"https://localhost/admin", "https://169.254.169.254/", "http://10.20.0.1/"}) {
        const auto report = [](std::exception_ptr failure) { std::ignore = failure; };
        boost::asio::co_spawn(context, show(client, http::parse_url(address).value()), report);
    }
    context.run();
    return 0;
}
