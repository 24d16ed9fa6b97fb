// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/http/client.h"

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cardea::testing {

/// The network, as far as a test wants it to exist: an answer for each URL, and a list of what was asked.
class FakeHttp final : public http::Client {
 public:
    using Answer = std::function<Result<http::ClientResponse>(const http::ClientRequest&)>;

    /// Answers from now on for this URL.
    void on(std::string url, Answer answer) { answers_[std::move(url)] = std::move(answer); }
    void on(std::string url, std::string body, int status = 200) {
        on(std::move(url),
           [body = std::move(body), status](const http::ClientRequest&) { return json(body, status); });
    }
    void fail_on(std::string url) {
        on(std::move(url), [](const http::ClientRequest&) -> Result<http::ClientResponse> {
            return fail(Errc::upstream_unavailable, "on purpose");
        });
    }
    static Result<http::ClientResponse> json(
        std::string_view body, int status = 200, std::string_view cache_control = {}
    ) {
        std::vector<http::ClientResponse::Line> lines{{"Content-Type", "application/json"}};
        if (!cache_control.empty()) {
            lines.push_back({"Cache-Control", std::string(cache_control)});
        }
        return http::ClientResponse(status, std::move(lines), SecretText(body));
    }

    Task<Result<http::ClientResponse>> send(http::ClientRequest request) override {
        const auto executor = co_await boost::asio::this_coro::executor;
        co_await boost::asio::post(executor, use_task);  // others get their turn meanwhile
        const std::string url = request.url().to_string();
        asked.push_back(url);
        bodies.emplace_back(request.body().expose());
        const auto answer = answers_.find(url);
        if (answer == answers_.end()) {
            co_return fail(Errc::upstream_unavailable, "fake: nobody at " + url);
        }
        co_return answer->second(request);
    }

    [[nodiscard]] std::size_t times_asked(std::string_view url) const {
        return static_cast<std::size_t>(std::ranges::count(asked, url));
    }

    std::vector<std::string> asked;   ///< URLs, in order
    std::vector<std::string> bodies;  ///< of each request

 private:
    std::map<std::string, Answer> answers_;
};

}  // namespace cardea::testing
