// SPDX-License-Identifier: Apache-2.0
#include "cardea/fetch/detail/transfer.h"

#include <algorithm>
#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>
#include <utility>

namespace cardea::fetch::detail {
namespace {

/// The address behind a sockaddr; nullopt for another family than IP.
std::optional<http::Address> find_address(const curl_sockaddr& from) noexcept {
    std::array<std::uint8_t, 16> bytes{};
    if (from.family == AF_INET && from.addrlen >= sizeof(sockaddr_in)) {
        sockaddr_in v4{};
        std::memcpy(&v4, &from.addr, sizeof v4);
        bytes[10] = 0xff;
        bytes[11] = 0xff;
        std::memcpy(bytes.data() + 12, &v4.sin_addr, 4);
        return http::Address(bytes);
    }
    if (from.family == AF_INET6 && from.addrlen >= sizeof(sockaddr_in6)) {
        // curl_sockaddr declares room for an IPv4 address; behind it lies a whole sockaddr_in6.
        const auto* raw = reinterpret_cast<const char*>(&from.addr);
        std::memcpy(bytes.data(), raw + offsetof(sockaddr_in6, sin6_addr), bytes.size());
        return http::Address(bytes);
    }
    return std::nullopt;
}

/// 0 would be no bound at all.
long milliseconds(Duration bound) noexcept {
    return static_cast<long>(std::max<Duration::rep>(bound.count(), 1));
}

void wipe_all(curl_slist* list) noexcept {
    for (curl_slist* line = list; line != nullptr; line = line->next) {
        wipe(line->data, std::strlen(line->data));
    }
}

}  // namespace

IncomingBody::IncomingBody(std::size_t limit)
    : limit_(limit), room_(std::make_unique_for_overwrite<char[]>(limit)) {}

IncomingBody::~IncomingBody() {
    wipe(room_.get(), size_);
}

bool IncomingBody::append(std::string_view bytes) noexcept {
    if (bytes.size() > limit_ - size_) {
        return false;
    }
    std::ranges::copy(bytes, room_.get() + size_);
    size_ += bytes.size();
    return true;
}

Transfer::Transfer(CURL* handle, const http::ClientRequest& request, const TransferRules& rules)
    : handle_(handle), request_(request), rules_(rules), body_(rules.options.max_body_bytes) {}

Transfer::~Transfer() {
    // What was set points into this object and the request.
    curl_.easy_reset(handle_);
    wipe_all(header_lines_);
    curl_.slist_free_all(header_lines_);
}

Result<http::ClientResponse> Transfer::run() {
    curl_.easy_reset(handle_);
    set_request();
    set_rules();
    set_tls();
    if (setting_ != CURLE_OK) {
        return fail(Errc::internal, std::string("fetch: ") + curl_.easy_strerror(setting_));
    }
    const CURLcode code = curl_.easy_perform(handle_);
    if (code != CURLE_OK) {
        return failure(code);
    }
    return response();
}

template <class T>
void Transfer::set(CURLoption option, T value) {
    const CURLcode code = curl_.easy_setopt(handle_, option, value);
    setting_ = setting_ == CURLE_OK ? code : setting_;
}

void Transfer::set_request() {
    set(CURLOPT_URL, request_.url().to_string().c_str());
    set(CURLOPT_USERAGENT, "cardea");
    if (request_.method() == http::Method::post) {
        set(CURLOPT_POST, 1L);
        set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body().size()));
        set(CURLOPT_POSTFIELDS, request_.body().empty() ? "" : request_.body().expose().data());
    }
    for (const http::ClientRequest::Line& line : request_.headers()) {
        add_header_line(line.name, line.value.expose());
    }
    add_header_line("Expect", "");
    set(CURLOPT_HTTPHEADER, header_lines_);
}

void Transfer::add_header_line(std::string_view name, std::string_view value) {
    // "Name:" without a value takes a header of libcurl's own away; "Name;" would send an empty one.
    std::string line;
    line.reserve(name.size() + value.size() + 2);  // so that it does not grow and leave a copy
    line.append(name).append(value.empty() ? ":" : ": ").append(value);
    curl_slist* const longer = curl_.slist_append(header_lines_, line.c_str());
    wipe(line.data(), line.size());
    if (longer == nullptr) {
        setting_ = CURLE_OUT_OF_MEMORY;
        return;
    }
    header_lines_ = longer;
}

void Transfer::set_rules() {
    const ClientOptions& options = rules_.options;
    set(CURLOPT_PROTOCOLS_STR, request_.url().scheme().c_str());
    set(CURLOPT_REDIR_PROTOCOLS_STR, "https");
    set(CURLOPT_FOLLOWLOCATION, 0L);
    set(CURLOPT_PROXY, "");  // not even the environment's
    set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_QUICK_EXIT, 1L);    // a name that is never resolved is not waited for
    set(CURLOPT_FORBID_REUSE, 1L);  // so every request opens a socket, and its address is looked at
    set(CURLOPT_CONNECTTIMEOUT_MS, milliseconds(options.connect_timeout));
    set(CURLOPT_TIMEOUT_MS, milliseconds(options.timeout));
    set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(options.max_body_bytes));
    set(CURLOPT_OPENSOCKETFUNCTION, &Transfer::open_socket);
    set(CURLOPT_OPENSOCKETDATA, this);
    set(CURLOPT_HEADERFUNCTION, &Transfer::take_header);
    set(CURLOPT_HEADERDATA, this);
    set(CURLOPT_WRITEFUNCTION, &Transfer::take_body);
    set(CURLOPT_WRITEDATA, this);
}

void Transfer::set_tls() {
    set(CURLOPT_SSL_VERIFYPEER, 1L);
    set(CURLOPT_SSL_VERIFYHOST, 2L);
    set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!rules_.options.ca_file.empty()) {
        set(CURLOPT_CAINFO, rules_.options.ca_file.c_str());
    }
    const char* file = nullptr;
    curl_.easy_getinfo(handle_, CURLINFO_CAINFO, &file);
    if (file != nullptr || !rules_.options.ca_file.empty()) {
        // The file stands instead of the system's folder of authorities, which besides keeps libcurl from
        // remembering what it read.
        set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
    }
}

curl_socket_t Transfer::open_socket(void* self, curlsocktype purpose, curl_sockaddr* address) {
    auto& transfer = *static_cast<Transfer*>(self);
    const std::optional<http::Address> to = find_address(*address);
    const bool is_plain = transfer.request_.url().scheme() != "https";
    if (purpose != CURLSOCKTYPE_IPCXN || !to || !transfer.rules_.destinations.allow(*to) ||
        (is_plain && !to->is_loopback())) {
        transfer.refused_address_ = true;
        return CURL_SOCKET_BAD;
    }
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

std::size_t Transfer::take_header(char*, std::size_t one, std::size_t size, void* self) {
    auto& transfer = *static_cast<Transfer*>(self);
    transfer.header_bytes_ += one * size;
    if (transfer.header_bytes_ > transfer.rules_.options.max_header_bytes) {
        transfer.exceeded_limit_ = true;
        return 0;
    }
    return one * size;
}

std::size_t Transfer::take_body(char* bytes, std::size_t one, std::size_t size, void* self) {
    auto& transfer = *static_cast<Transfer*>(self);
    if (!transfer.body_.append({bytes, one * size})) {
        transfer.exceeded_limit_ = true;
        return 0;
    }
    return one * size;
}

Result<http::ClientResponse> Transfer::response() const {
    long status = 0;
    curl_.easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
    std::vector<http::ClientResponse::Line> lines;
    curl_header* header = nullptr;
    // Of the answer itself: neither what came before it (1xx) nor what came behind its body.
    while ((header = curl_.easy_nextheader(handle_, CURLH_HEADER, -1, header)) != nullptr) {
        lines.push_back({header->name, header->value});
    }
    return http::ClientResponse(static_cast<int>(status), std::move(lines), SecretText(body_.text()));
}

std::unexpected<Error> Transfer::failure(CURLcode code) const {
    const std::string host = "fetch: " + request_.url().host() + ": ";
    if (refused_address_ && code == CURLE_COULDNT_CONNECT) {
        return fail(Errc::destination_refused, host + "is not a public address");
    }
    if (exceeded_limit_ || code == CURLE_FILESIZE_EXCEEDED) {
        return fail(Errc::upstream_unavailable, host + "the answer is too large");
    }
    // libcurl's sentence for the code, which knows nothing of the request.
    return fail(Errc::upstream_unavailable, host + curl_.easy_strerror(code));
}

}  // namespace cardea::fetch::detail
