// SPDX-License-Identifier: Apache-2.0
#include "cardea/http/user_agent.h"

#include <array>
#include <span>

namespace cardea::http {
namespace {

struct Mark {
    std::string_view token;
    std::string_view name;
};

// In this order: nearly every browser also claims to be the ones below it.
constexpr std::array browsers = {
    Mark{"Edg/", "Edge"},
    Mark{"EdgA/", "Edge"},
    Mark{"EdgiOS/", "Edge"},
    Mark{"OPR/", "Opera"},
    Mark{"SamsungBrowser/", "Samsung Internet"},
    Mark{"Vivaldi/", "Vivaldi"},
    Mark{"YaBrowser/", "Yandex Browser"},
    Mark{"FxiOS/", "Firefox"},
    Mark{"Firefox/", "Firefox"},
    Mark{"CriOS/", "Chrome"},
    Mark{"HeadlessChrome/", "Chrome"},
    Mark{"Chrome/", "Chrome"},
    Mark{"Version/", "Safari"},
};

constexpr std::array systems = {
    Mark{"iPhone", "iPhone"},
    Mark{"iPad", "iPad"},
    Mark{"Android", "Android"},
    Mark{"Windows", "Windows"},
    Mark{"CrOS", "ChromeOS"},
    Mark{"Mac OS X", "macOS"},
    Mark{"Linux", "Linux"},
    Mark{"FreeBSD", "FreeBSD"},
};

// Programs say who they are at the start.
constexpr std::array programs = {
    Mark{"curl/", "curl"},
    Mark{"Wget/", "Wget"},
    Mark{"HTTPie/", "HTTPie"},
    Mark{"PostmanRuntime/", "Postman"},
    Mark{"insomnia/", "Insomnia"},
    Mark{"python-requests/", "Python"},
    Mark{"python-httpx/", "Python"},
    Mark{"Python", "Python"},
    Mark{"aiohttp/", "Python"},
    Mark{"Go-http-client/", "Go"},
    Mark{"okhttp/", "OkHttp"},
    Mark{"node", "Node.js"},
    Mark{"axios/", "Node.js"},
    Mark{"undici", "Node.js"},
    Mark{"Java/", "Java"},
    Mark{"Java-http-client/", "Java"},
    Mark{"Ruby", "Ruby"},
    Mark{"Dart/", "Dart"},
    Mark{"cpp-httplib/", "cpp-httplib"},
};

std::string_view find_mark(std::span<const Mark> marks, std::string_view user_agent) noexcept {
    for (const Mark& mark : marks) {
        if (user_agent.contains(mark.token)) {
            return mark.name;
        }
    }
    return {};
}

}  // namespace

std::string describe_user_agent(std::string_view user_agent) {
    for (const Mark& program : programs) {
        if (user_agent.starts_with(program.token)) {
            return std::string(program.name);
        }
    }
    const std::string_view browser = find_mark(browsers, user_agent);
    const std::string_view system = find_mark(systems, user_agent);
    if (browser.empty() && system.empty()) {
        return "Unknown device";
    }
    std::string text(browser.empty() ? "Browser" : browser);
    if (!system.empty()) {
        text.append(" on ").append(system);
    }
    return text;
}

}  // namespace cardea::http
