// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/web/app.h"
#include "tests/support/raw_request.h"
#include "tests/support/run_task.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cardea::testing {

/// What the Apps of the tests sign with.
inline constexpr const char* app_secret = "RhVu5sXPYbgqKTr1bZXwAnx5Wd7YzuwM";

/// A browser for an App without sockets: keeps cookies, follows nothing. Its requests say what browsers say
/// of requests from our own pages, unless `fetch_site` is set otherwise.
class AppClient {
 public:
    explicit AppClient(web::App& app) : app_(app) {}

    http::Response get(std::string_view target) { return send(RawRequest(http::Method::get, target)); }
    http::Response post(std::string_view target, std::string_view form = {}) {
        RawRequest request(http::Method::post, target);
        request.with("Content-Type", "application/x-www-form-urlencoded").body(form);
        return send(request);
    }
    http::Response post_json(std::string_view target, std::string_view json) {
        RawRequest request(http::Method::post, target);
        request.with("Content-Type", "application/json").body(json);
        return send(request);
    }
    http::Response send(RawRequest request) {
        const std::string cookie_line = cookie_header();
        if (!cookie_line.empty()) {
            request.with("Cookie", cookie_line);
        }
        if (!fetch_site.empty()) {
            request.with("Sec-Fetch-Site", fetch_site);
        }
        std::optional<http::Response> response = app_.answer_at_once(request);
        if (!response) {
            response = run(app_.answer(request));
        }
        keep_cookies(*response);
        return std::move(*response);
    }

    std::map<std::string, std::string, std::less<>> cookies;
    std::string fetch_site = "same-origin";
    std::vector<std::string> set_cookie_lines;  ///< of the last answer

 private:
    [[nodiscard]] std::string cookie_header() const {
        std::string line;
        for (const auto& [name, value] : cookies) {
            line.append(line.empty() ? "" : "; ").append(name).append("=").append(value);
        }
        return line;
    }
    void keep_cookies(const http::Response& response) {
        set_cookie_lines.clear();
        std::string_view lines = response.header_lines();
        while (!lines.empty()) {
            const std::string_view line = lines.substr(0, lines.find("\r\n"));
            lines.remove_prefix(line.size() + 2);
            constexpr std::string_view name = "Set-Cookie: ";
            if (line.starts_with(name)) {
                keep_cookie(line.substr(name.size()));
            }
        }
    }
    void keep_cookie(std::string_view line) {
        set_cookie_lines.emplace_back(line);
        const std::string_view pair = line.substr(0, line.find(';'));
        const std::size_t equals = pair.find('=');
        const std::string name(pair.substr(0, equals));
        if (line.find("Max-Age=0") != std::string_view::npos) {
            cookies.erase(name);
        } else {
            cookies[name] = pair.substr(equals + 1);
        }
    }

    web::App& app_;
};

}  // namespace cardea::testing
