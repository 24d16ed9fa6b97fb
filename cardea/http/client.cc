// SPDX-License-Identifier: Apache-2.0
#include "cardea/http/client.h"

#include "cardea/base/assert.h"
#include "cardea/http/headers.h"

#include <algorithm>

namespace cardea::http {
namespace {

template <class Lines>
auto find_line(const Lines& lines, std::string_view name) noexcept {
    return std::ranges::find_if(lines, [name](const auto& line) {
        return equals_ignoring_case(line.name, name);
    });
}

}  // namespace

ClientRequest ClientRequest::post(Url url, std::string_view content_type, SecretText body) {
    ClientRequest request(Method::post, std::move(url));
    request.add_header("Content-Type", content_type);
    request.body_ = std::move(body);
    return request;
}

ClientRequest& ClientRequest::add_header(std::string_view name, std::string_view value) {
    CARDEA_ASSERT(is_token(name) && is_header_value(value));
    headers_.push_back({std::string(name), SecretText(value)});
    return *this;
}

std::string_view ClientRequest::header(std::string_view name) const noexcept {
    const auto line = find_line(headers_, name);
    return line == headers_.end() ? std::string_view() : line->value.expose();
}

std::string_view ClientResponse::header(std::string_view name) const noexcept {
    const auto line = find_line(headers_, name);
    return line == headers_.end() ? std::string_view() : line->value;
}

}  // namespace cardea::http
