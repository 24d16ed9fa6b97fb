// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/assets.h"

#include "cardea/base/assert.h"
#include "cardea/http/headers.h"
#include "cardea/http/media_type.h"
#include "cardea/web/app.h"

#include <algorithm>

namespace cardea::web {
namespace {

struct Coded {
    std::string_view coding;  ///< for Content-Encoding; empty for the bytes themselves
    std::string_view bytes;
};

Coded choose(const Asset& asset, std::string_view accept_encoding) noexcept {
    const http::ContentCoding best = http::choose_coding(accept_encoding);
    if (best == http::ContentCoding::br && !asset.br.empty()) {
        return {"br", asset.br.text()};
    }
    if (best == http::ContentCoding::gzip && !asset.gzip.empty()) {
        return {"gzip", asset.gzip.text()};
    }
    return {"", asset.identity.text()};
}

/// Each coding is a representation of its own (RFC 9110 8.8.3.3).
std::string entity_tag(const Asset& asset, std::string_view coding) {
    std::string tag = "\"" + std::string(asset.hash);
    if (!coding.empty()) {
        tag.append("-").append(coding);
    }
    return tag + "\"";
}

/// RFC 9110 13.1.2: the weak comparison, in a list or against "*".
bool names_tag(std::string_view if_none_match, std::string_view tag) noexcept {
    while (!if_none_match.empty()) {
        std::string_view member = http::take_list_member(if_none_match, ',');
        if (member.starts_with("W/")) {
            member.remove_prefix(2);
        }
        if (member == tag || member == "*") {
            return true;
        }
    }
    return false;
}

}  // namespace

http::Response answer_with(const Asset& asset, const http::Request& request) {
    const Coded coded = choose(asset, request.header("Accept-Encoding"));
    const std::string tag = entity_tag(asset, coded.coding);
    const bool known = names_tag(request.header("If-None-Match"), tag);
    http::Response response(known ? http::Status::not_modified : http::Status::ok);
    response.add_header("ETag", tag);
    response.add_header("Cache-Control", "public, max-age=31536000, immutable");
    response.add_header("Vary", "Accept-Encoding");
    if (known) {
        return response;
    }
    if (!coded.coding.empty()) {
        response.add_header("Content-Encoding", coded.coding);
    }
    response.body(asset.content_type, coded.bytes);
    return response;
}

std::string_view asset_path(std::span<const Asset> assets, std::string_view name) noexcept {
    const auto found = std::ranges::find(assets, name, &Asset::name);
    CARDEA_ASSERT(found != assets.end());
    return found->path;
}

void serve_assets(App& app, std::span<const Asset> assets) {
    for (const Asset& asset : assets) {
        const auto serve = [&asset](Request& request) { return answer_with(asset, request.http()); };
        app.get(std::string(asset.path), serve).anonymous().hidden();
    }
}

}  // namespace cardea::web
