// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/bytes.h"
#include "cardea/base/clock.h"
#include "cardea/base/json.h"
#include "cardea/base/result.h"
#include "cardea/cookies/uuid.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>

// Flask keeps the Python types that JSON lacks as objects of one member whose name says which: `{" t": [1,
// 2]}` is a tuple (flask.json.tag). A session here is that JSON as it is, so that nothing is lost when a C++
// program changes one member and writes the rest back; these functions make and read the tagged values.
namespace cardea::cookies {

/// Values that JSON does not know, as Flask tags them.
[[nodiscard]] Json flask_tuple(Json::Array items);
[[nodiscard]] Json flask_bytes(ByteView bytes);
/// Text that is HTML already.
[[nodiscard]] Json flask_markup(std::string html);
[[nodiscard]] Json flask_uuid(const Uuid& uuid);
/// To the second, as the format has it.
[[nodiscard]] Json flask_datetime(Time time);
/// An object that may happen to look like a tagged value: it is then escaped.
[[nodiscard]] Json flask_dict(Json::Object members);

// The value when it is one of that type, otherwise nullopt.
[[nodiscard]] std::optional<std::span<const Json>> as_flask_tuple(const Json& json);
[[nodiscard]] std::optional<Bytes> as_flask_bytes(const Json& json);
[[nodiscard]] std::optional<std::string_view> as_flask_markup(const Json& json);
[[nodiscard]] std::optional<Uuid> as_flask_uuid(const Json& json);
[[nodiscard]] std::optional<Time> as_flask_datetime(const Json& json);
/// An object without its escape.
[[nodiscard]] std::optional<Json::Object> as_flask_dict(const Json& json);

/// Whether every tagged value in it is one, so that Flask can read it. An object of one member with a name
/// that is no tag of Flask's own is an ordinary object, or a tag that the application registered.
[[nodiscard]] bool has_valid_flask_tags(const Json& json);

}  // namespace cardea::cookies
