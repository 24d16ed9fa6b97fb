// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"
#include "cardea/base/secret.h"
#include "cardea/http/query.h"
#include "cardea/http/request.h"

#include <initializer_list>
#include <string_view>

namespace cardea::http {

/// The fields of a posted form. Errc::unsupported_media_type unless the request says
/// application/x-www-form-urlencoded; Errc::invalid when a name that is not in `repeatable` comes twice;
/// otherwise the errors of parse_fields.
[[nodiscard]] Result<Fields> parse_form(
    const Request& request, std::initializer_list<std::string_view> repeatable = {}
);

/// The same, whatever comes twice: for who reads lists, and refuses what else is repeated.
[[nodiscard]] Result<Fields> parse_form_with_lists(const Request& request);

/// The field as a secret: passwords and tokens.
[[nodiscard]] SecretText secret_field(const Fields& fields, std::string_view name);

}  // namespace cardea::http
