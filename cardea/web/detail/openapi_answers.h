// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/json_writer.h"

#include <string_view>

namespace cardea::web {

class Route;
struct OpenApiSource;

namespace detail {

/// Writes the member `content`: one media type, by the name of its schema.
void write_content(JsonWriter& json, std::string_view media_type, std::string_view schema);

/// Writes the member `responses`: what the route says that it answers, and how any such route refuses.
void write_answers(JsonWriter& json, const Route& route, const OpenApiSource& source);

}  // namespace detail
}  // namespace cardea::web
