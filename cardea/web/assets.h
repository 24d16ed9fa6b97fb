// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/http/request.h"
#include "cardea/http/response.h"

#include <span>
#include <string>
#include <string_view>

namespace cardea::web {

class App;

/// Bytes that lie in the program itself, between two labels; empty when both are null.
struct EmbeddedBytes {
    const char* begin = nullptr;
    const char* end = nullptr;

    [[nodiscard]] std::string_view text() const noexcept { return {begin, end}; }
    [[nodiscard]] bool empty() const noexcept { return begin == end; }
};

/// One browser asset in the program: made at build time by cardea_asset_sources() of
/// cmake/CardeaAssets.cmake. Its address holds its fingerprint, so it never changes and may be kept for ever.
struct Asset {
    std::string_view name;  ///< "style.css"
    std::string_view path;  ///< "/assets/style-3f9a0c21d4e5f607.css"
    std::string_view content_type;
    std::string_view hash;  ///< 16 hex digits of its SHA-256
    EmbeddedBytes identity;
    EmbeddedBytes br;    ///< empty where compressing does not pay
    EmbeddedBytes gzip;  ///< likewise
};

/// The answer to a request for the asset, in the coding that the client likes best: cacheable for ever, with
/// an ETag, or 304 when the client has it.
[[nodiscard]] http::Response answer_with(const Asset& asset, const http::Request& request);

/// The address of the asset of that name. A name that is not among `assets` is a bug.
[[nodiscard]] std::string_view asset_path(std::span<const Asset> assets, std::string_view name) noexcept;

/// Serves each asset at its address. `assets` lives as long as the program.
void serve_assets(App& app, std::span<const Asset> assets);

}  // namespace cardea::web
