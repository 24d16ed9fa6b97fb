// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/web/fields.h"
#include "cardea/web/problem.h"
#include "cardea/web/session.h"
#include "cardea/web/user.h"

#include <concepts>
#include <optional>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace cardea::web {

class Request;

/// A struct that a handler wants from the request (see FieldReader): the JSON body, a posted form, or the
/// query. Whatever is missing or wrong anywhere is one 422 that lists it all, and the handler does not run.
template <Described T>
struct Body : T {};
template <Described T>
struct Form : T {};
template <Described T>
struct Query : T {};

/// What the parameters of a handler ask of the request: for the checks at start and the OpenAPI document.
struct Takes {
    bool session = false;
    bool user = false;
    std::optional<std::vector<FieldSchema>> json;
    std::optional<std::vector<FieldSchema>> form;
    std::vector<FieldSchema> query;
};

/// What stood in the way of a handler's parameters.
struct Extraction {
    std::vector<FieldError> mistakes;
    std::optional<Problem> refusal;  ///< counts before mistakes

    [[nodiscard]] bool has_failed() const noexcept { return refusal || !mistakes.empty(); }
};

namespace detail {

/// Where fields are; nullopt when there are none, and the extraction says why.
[[nodiscard]] std::optional<FieldSource> json_source(Request& request, Extraction& extraction);
[[nodiscard]] std::optional<FieldSource> form_source(Request& request, Extraction& extraction);
[[nodiscard]] std::optional<FieldSource> query_source(Request& request, Extraction& extraction);
[[nodiscard]] Session& session_of(Request& request);
[[nodiscard]] const User* user_of(Request& request, Extraction& extraction);
[[nodiscard]] http::Response refuse(Request& request, Extraction extraction);

template <class T>
void read_fields(
    std::string_view where, const std::optional<FieldSource>& source, T& target, Extraction& extraction
) {
    if (source) {
        FieldReader reader(where, *source, extraction.mistakes);
        target.fields(reader);
    }
}

/// How a parameter of type Parameter is made from a request. Kept while the handler runs.
template <class Parameter>
class Extract;

template <>
class Extract<Request&> {
 public:
    Extract(Request& request, Extraction&) : request_(&request) {}
    [[nodiscard]] Request& get() noexcept { return *request_; }
    static void describe(Takes&) {}

 private:
    Request* request_;
};

template <>
class Extract<Session&> {
 public:
    Extract(Request& request, Extraction&) : session_(&session_of(request)) {}
    [[nodiscard]] Session& get() noexcept { return *session_; }
    static void describe(Takes& takes) { takes.session = true; }

 private:
    Session* session_;
};

/// Nobody: 401.
template <>
class Extract<const User&> {
 public:
    Extract(Request& request, Extraction& extraction) : user_(user_of(request, extraction)) {}
    [[nodiscard]] const User& get() noexcept { return *user_; }
    static void describe(Takes& takes) { takes.user = true; }

 private:
    const User* user_;
};

template <class T>
class Extract<Body<T>> {
 public:
    Extract(Request& request, Extraction& extraction) {
        read_fields("body", json_source(request, extraction), value_, extraction);
    }
    [[nodiscard]] Body<T>&& get() noexcept { return std::move(value_); }
    static void describe(Takes& takes) { takes.json = fields_of<T>(); }

 private:
    Body<T> value_;
};

template <class T>
class Extract<Form<T>> {
 public:
    Extract(Request& request, Extraction& extraction) {
        read_fields("body", form_source(request, extraction), value_, extraction);
    }
    [[nodiscard]] Form<T>&& get() noexcept { return std::move(value_); }
    static void describe(Takes& takes) { takes.form = fields_of<T>(); }

 private:
    Form<T> value_;
};

template <class T>
class Extract<Query<T>> {
 public:
    Extract(Request& request, Extraction& extraction) {
        read_fields("query", query_source(request, extraction), value_, extraction);
    }
    [[nodiscard]] Query<T>&& get() noexcept { return std::move(value_); }
    static void describe(Takes& takes) { takes.query = fields_of<T>(); }

 private:
    Query<T> value_;
};

/// `const Form<T>&` is as good as `Form<T>`.
template <class T>
    requires requires { sizeof(Extract<T>); }
class Extract<const T&> : public Extract<T> {
    using Extract<T>::Extract;
};

template <class Parameter>
concept Extractable = requires(Extract<Parameter>& extract) { extract.get(); };

}  // namespace detail
}  // namespace cardea::web
