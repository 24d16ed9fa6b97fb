// SPDX-License-Identifier: Apache-2.0
#include "cardea/http/request.h"

#include "cardea/http/headers.h"

#include <array>

namespace cardea::http {
namespace {

constexpr std::array<std::string_view, 7> method_names = {
    "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"
};

}  // namespace

std::string_view name(Method method) noexcept {
    return method_names[static_cast<std::size_t>(method)];
}

std::optional<Method> find_method(std::string_view name) noexcept {
    for (std::size_t i = 0; i < method_names.size(); ++i) {
        if (method_names[i] == name) {
            return static_cast<Method>(i);
        }
    }
    return std::nullopt;
}

std::string_view Request::header(std::string_view name) const noexcept {
    for (const Header& header : headers) {
        if (equals_ignoring_case(header.name, name)) {
            return header.value;
        }
    }
    return {};
}

}  // namespace cardea::http
