// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <curl/curl.h>
#include <memory>

namespace cardea::fetch::detail {

/// The functions of libcurl. It is loaded when the first client is made and not when the program starts: with
/// the thirty libraries behind it, it takes 4 MiB of a process that may never send a request.
struct Libcurl {
    decltype(&curl_global_init) global_init;
    decltype(&curl_easy_init) easy_init;
    decltype(&curl_easy_cleanup) easy_cleanup;
    decltype(&curl_easy_reset) easy_reset;
    decltype(&curl_easy_setopt) easy_setopt;
    decltype(&curl_easy_getinfo) easy_getinfo;
    decltype(&curl_easy_perform) easy_perform;
    decltype(&curl_easy_strerror) easy_strerror;
    decltype(&curl_easy_nextheader) easy_nextheader;
    decltype(&curl_slist_append) slist_append;
    decltype(&curl_slist_free_all) slist_free_all;

    /// Loads it once, on any thread. Throws std::runtime_error where it is not installed.
    [[nodiscard]] static const Libcurl& get();
};

struct EasyCleanup {
    void operator()(CURL* handle) const noexcept { Libcurl::get().easy_cleanup(handle); }
};
using EasyHandle = std::unique_ptr<CURL, EasyCleanup>;

}  // namespace cardea::fetch::detail
