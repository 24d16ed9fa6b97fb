// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/extract.h"

#include "cardea/web/request.h"

namespace cardea::web::detail {
namespace {

FieldError whole_body(std::string message, std::string type) {
    return {.loc = {"body"}, .msg = std::move(message), .type = std::move(type)};
}

std::optional<FieldSource> fields_or_refusal(const Result<http::Fields>& fields, Extraction& extraction) {
    if (!fields) {
        extraction.refusal = Problem(fields.error());
        return std::nullopt;
    }
    return &*fields;
}

}  // namespace

std::optional<FieldSource> json_source(Request& request, Extraction& extraction) {
    if (request.http().body.empty()) {
        extraction.mistakes.push_back(whole_body("Field required", "missing"));
        return std::nullopt;
    }
    const Result<Json>& json = request.json();
    if (!json && json.error().code == Errc::malformed) {
        extraction.mistakes.push_back(whole_body("JSON decode error", "json_invalid"));
        return std::nullopt;
    }
    if (!json && json.error().code != Errc::unsupported_media_type) {
        extraction.refusal = Problem(json.error());
        return std::nullopt;
    }
    if (!json || !json->is_object()) {
        extraction.mistakes.push_back(whole_body(
            "Input should be a valid dictionary or object to extract fields from", "model_attributes_type"
        ));
        return std::nullopt;
    }
    return &*json;
}

std::optional<FieldSource> form_source(Request& request, Extraction& extraction) {
    static const http::Fields nothing;
    const Result<http::Fields>& form = request.form_with_lists();
    // Another type of body has none of the fields, and no body neither: every field is missing, by its name.
    if (!form && form.error().code == Errc::unsupported_media_type) {
        return &nothing;
    }
    return fields_or_refusal(form, extraction);
}

std::optional<FieldSource> query_source(Request& request, Extraction& extraction) {
    return fields_or_refusal(request.query_with_lists(), extraction);
}

Session& session_of(Request& request) {
    return request.session();
}

const User* user_of(Request& request, Extraction& extraction) {
    const User* user = request.user();
    if (user == nullptr) {
        extraction.refusal = request.refused_credential().value_or(Problem(Errc::unauthenticated));
    }
    return user;
}

http::Response refuse(Request& request, Extraction extraction) {
    return request.refuse(
        extraction.refusal ? std::move(*extraction.refusal) : Problem(std::move(extraction.mistakes))
    );
}

}  // namespace cardea::web::detail
