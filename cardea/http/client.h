// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"
#include "cardea/base/secret.h"
#include "cardea/base/task.h"
#include "cardea/http/request.h"
#include "cardea/http/url.h"

#include <string>
#include <string_view>
#include <vector>

namespace cardea::http {

/// A request to another server. Its header values and its body may be secrets: they are wiped with it.
class ClientRequest {
 public:
    /// A header line of a request that goes out.
    struct Line {
        std::string name;
        SecretText value;
    };

    [[nodiscard]] static ClientRequest get(Url url) { return ClientRequest(Method::get, std::move(url)); }
    /// `body` is of the type `content_type`.
    [[nodiscard]] static ClientRequest post(Url url, std::string_view content_type, SecretText body);

    /// Adds a line. A name that is no token or a value that is no header value is a bug of the caller and
    /// aborts; text from outside goes through is_header_value first. Host, Content-Length, Connection and
    /// Transfer-Encoding are the client's.
    ClientRequest& add_header(std::string_view name, std::string_view value);

    [[nodiscard]] Method method() const noexcept { return method_; }
    [[nodiscard]] const Url& url() const noexcept { return url_; }
    [[nodiscard]] const std::vector<Line>& headers() const noexcept { return headers_; }
    [[nodiscard]] const SecretText& body() const noexcept { return body_; }
    /// The value of the first header of that name, compared without case, or empty.
    [[nodiscard]] std::string_view header(std::string_view name) const noexcept;

 private:
    ClientRequest(Method method, Url url) : method_(method), url_(std::move(url)) {}

    Method method_;
    Url url_;
    std::vector<Line> headers_;
    SecretText body_;
};

/// What another server answered: any status, since what that means is the caller's to say.
class ClientResponse {
 public:
    /// A header line of an answer.
    struct Line {
        std::string name;
        std::string value;
    };

    ClientResponse(int status, std::vector<Line> headers, SecretText body)
        : status_(status), headers_(std::move(headers)), body_(std::move(body)) {}

    [[nodiscard]] int status() const noexcept { return status_; }
    [[nodiscard]] const std::vector<Line>& headers() const noexcept { return headers_; }
    /// The value of the first header of that name, compared without case, or empty.
    [[nodiscard]] std::string_view header(std::string_view name) const noexcept;
    [[nodiscard]] std::string_view body() const noexcept { return body_.expose(); }

 private:
    int status_;
    std::vector<Line> headers_;
    SecretText body_;
};

/// What modules need of the network: an answer to a request, or why there is none. `fetch::Client` is the
/// real one; tests have their own. Thread-safe.
class Client {
 public:
    virtual ~Client() = default;

    /// Errc::upstream_unavailable when no whole answer came in time and within the limits;
    /// Errc::destination_refused when the request may not go there; Errc::busy when too many wait. The
    /// contexts name the host and nothing else of the request.
    [[nodiscard]] virtual Task<Result<ClientResponse>> send(ClientRequest request) = 0;
};

}  // namespace cardea::http
