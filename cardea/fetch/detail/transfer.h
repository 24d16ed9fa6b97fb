// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/fetch/client.h"
#include "cardea/fetch/destinations.h"
#include "cardea/fetch/detail/libcurl.h"

#include <curl/curl.h>
#include <memory>

namespace cardea::fetch::detail {

/// What a transfer may do.
struct TransferRules {
    const ClientOptions& options;
    const Destinations& destinations;
};

/// The bytes of an answer while they come in: a fixed room, wiped at the end, since answers carry tokens.
class IncomingBody {
 public:
    explicit IncomingBody(std::size_t limit);
    ~IncomingBody();
    IncomingBody(const IncomingBody&) = delete;
    IncomingBody& operator=(const IncomingBody&) = delete;

    /// False when there is no room for it.
    [[nodiscard]] bool append(std::string_view bytes) noexcept;
    [[nodiscard]] std::string_view text() const noexcept { return {room_.get(), size_}; }

 private:
    std::size_t limit_;
    std::unique_ptr<char[]> room_;
    std::size_t size_ = 0;
};

/// One request and its answer, on the calling thread.
class Transfer {
 public:
    Transfer(CURL* handle, const http::ClientRequest& request, const TransferRules& rules);
    ~Transfer();
    Transfer(const Transfer&) = delete;
    Transfer& operator=(const Transfer&) = delete;

    [[nodiscard]] Result<http::ClientResponse> run();

 private:
    static curl_socket_t open_socket(void* self, curlsocktype purpose, curl_sockaddr* address);
    static std::size_t take_header(char* bytes, std::size_t one, std::size_t size, void* self);
    static std::size_t take_body(char* bytes, std::size_t one, std::size_t size, void* self);

    template <class T>
    void set(CURLoption option, T value);
    void set_request();
    void set_rules();
    void set_tls();
    void add_header_line(std::string_view name, std::string_view value);
    [[nodiscard]] Result<http::ClientResponse> response() const;
    [[nodiscard]] std::unexpected<Error> failure(CURLcode code) const;

    const Libcurl& curl_ = Libcurl::get();
    CURL* handle_;
    const http::ClientRequest& request_;
    const TransferRules rules_;
    CURLcode setting_ = CURLE_OK;  ///< the first option that could not be set
    curl_slist* header_lines_ = nullptr;
    std::size_t header_bytes_ = 0;
    IncomingBody body_;
    bool refused_address_ = false;
    bool exceeded_limit_ = false;
};

}  // namespace cardea::fetch::detail
