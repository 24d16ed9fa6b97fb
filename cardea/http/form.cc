// SPDX-License-Identifier: Apache-2.0
#include "cardea/http/form.h"

#include "cardea/http/media_type.h"

namespace cardea::http {

Result<Fields> parse_form_with_lists(const Request& request) {
    if (!is_form_type(request.header("Content-Type"))) {
        return fail(Errc::unsupported_media_type, "not a form");
    }
    return parse_fields(request.body);
}

Result<Fields> parse_form(const Request& request, std::initializer_list<std::string_view> repeatable) {
    Result<Fields> fields = parse_form_with_lists(request);
    if (!fields) {
        return fields;
    }
    if (Result<> single = fields->refuse_repeated(repeatable); !single) {
        return propagate(single);
    }
    return fields;
}

SecretText secret_field(const Fields& fields, std::string_view name) {
    return SecretText(fields.text(name));
}

}  // namespace cardea::http
