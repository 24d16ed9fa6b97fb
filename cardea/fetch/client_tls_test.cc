// SPDX-License-Identifier: Apache-2.0
#include "cardea/fetch/client.h"
#include "tests/support/echo_server.h"
#include "tests/support/run_task.h"
#include "tests/support/tls_client.h"

#include <gtest/gtest.h>

namespace cardea::fetch {
namespace {

/// A server of ours that speaks TLS, with a certificate for the name.
class FetchTls : public testing::ServerTest {
 protected:
    void start_as(const std::string& name) {
        testing::write_certificate(folder_.path(), name);
        net::ServerOptions options;
        options.tls =
            net::TlsIdentity::load({folder_.path() / (name + ".pem"), folder_.path() / (name + ".key")})
                .value();
        start(options);
    }
    /// Asks it by the name localhost, believing in `authority`.
    Result<http::ClientResponse> fetch(const std::string& authority) {
        ClientOptions options;
        options.allowed_networks = {http::parse_network("127.0.0.1").value()};
        options.ca_file = authority;
        Client client(std::move(options));
        const std::string address = server_->addresses()[0];
        const std::string url = "https://localhost" + address.substr(address.rfind(':')) + "/hello";
        return testing::run(client.send(http::ClientRequest::get(http::parse_url(url).value())));
    }
    [[nodiscard]] std::string file(const std::string& name) const { return folder_.path() / (name + ".pem"); }

    testing::TemporaryFolder folder_;
};

TEST_F(FetchTls, believes_a_certificate_for_the_name) {
    start_as("localhost");

    const Result<http::ClientResponse> response = fetch(file("localhost"));

    ASSERT_TRUE(response) << response.error().context;
    EXPECT_EQ(response->body(), "GET /hello  from 127.0.0.1");
}

TEST_F(FetchTls, refuses_a_certificate_that_nobody_signed) {
    start_as("localhost");

    const Result<http::ClientResponse> response = fetch({});

    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, Errc::upstream_unavailable);
    EXPECT_EQ(
        response.error().context, "fetch: localhost: SSL peer certificate or SSH remote key was not OK"
    );
    EXPECT_EQ(service_.answered, 0);
}

TEST_F(FetchTls, refuses_a_certificate_for_another_name) {
    start_as("other.test");

    const Result<http::ClientResponse> response = fetch(file("other.test"));

    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, Errc::upstream_unavailable);
    EXPECT_EQ(service_.answered, 0);
}

TEST_F(FetchTls, refuses_a_server_that_speaks_no_tls) {
    start();

    EXPECT_EQ(fetch({}).error().code, Errc::upstream_unavailable);
    EXPECT_EQ(service_.answered, 0);
}

}  // namespace
}  // namespace cardea::fetch
