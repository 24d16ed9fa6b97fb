// SPDX-License-Identifier: Apache-2.0
#include "cardea/fetch/detail/libcurl.h"

#include <dlfcn.h>
#include <stdexcept>
#include <string>

namespace cardea::fetch::detail {
namespace {

template <class Function>
void bind(void* library, const char* name, Function& function) {
    function = reinterpret_cast<Function>(::dlsym(library, name));
    if (function == nullptr) {
        throw std::runtime_error(std::string("libcurl.so.4 is too old: it has no ") + name);
    }
}

Libcurl load() {
    void* const library = ::dlopen("libcurl.so.4", RTLD_NOW | RTLD_LOCAL);  // never closed: it has threads
    if (library == nullptr) {
        throw std::runtime_error("libcurl.so.4 cannot be loaded (Debian: apt install libcurl4)");
    }
    Libcurl curl{};
    bind(library, "curl_global_init", curl.global_init);
    bind(library, "curl_easy_init", curl.easy_init);
    bind(library, "curl_easy_cleanup", curl.easy_cleanup);
    bind(library, "curl_easy_reset", curl.easy_reset);
    bind(library, "curl_easy_setopt", curl.easy_setopt);
    bind(library, "curl_easy_getinfo", curl.easy_getinfo);
    bind(library, "curl_easy_perform", curl.easy_perform);
    bind(library, "curl_easy_strerror", curl.easy_strerror);
    bind(library, "curl_easy_nextheader", curl.easy_nextheader);
    bind(library, "curl_slist_append", curl.slist_append);
    bind(library, "curl_slist_free_all", curl.slist_free_all);
    if (curl.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        throw std::runtime_error("libcurl does not start");
    }
    return curl;
}

}  // namespace

const Libcurl& Libcurl::get() {
    static const Libcurl loaded = load();
    return loaded;
}

}  // namespace cardea::fetch::detail
