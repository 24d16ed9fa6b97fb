// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/assets.h"
#include "cardea/web/detail/layout_assets.h"
#include "cardea/web/layouts.h"

namespace cardea::web::layouts {

html::Node mvpcss_document(std::string_view title, std::vector<html::Node> content) {
    const std::string_view stylesheet = asset_path(detail::mvpcss_assets(), "mvp.css");
    return html::layouts::document({.title = title, .stylesheet = stylesheet}, std::move(content));
}

}  // namespace cardea::web::layouts
