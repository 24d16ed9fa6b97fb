// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/task.h"
#include "cardea/http/response.h"
#include "cardea/web/extract.h"
#include "cardea/web/respond.h"

#include <concepts>
#include <functional>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>

namespace cardea::web {

class Request;

namespace detail {

template <class T>
struct TaskValue;
template <class T>
struct TaskValue<Task<T>> {
    using type = T;
};
template <class T>
concept IsTask = requires { typename TaskValue<T>::type; };

template <class Type>
struct SignatureOf;
template <class R, class... Parameters>
struct SignatureOf<R (*)(Parameters...)> {
    using Result = R;
    using Extracts = std::tuple<Extract<Parameters>...>;

    /// In the order of the parameters.
    static Extracts extract([[maybe_unused]] Request& request, [[maybe_unused]] Extraction& extraction) {
        return Extracts{Extract<Parameters>(request, extraction)...};
    }
    static void describe([[maybe_unused]] Takes& takes) { (Extract<Parameters>::describe(takes), ...); }
};
template <class R, class C, class... Parameters>
struct SignatureOf<R (C::*)(Parameters...) const> : SignatureOf<R (*)(Parameters...)> {};

template <class Function>
struct CallOf;
template <class Function>
    requires requires { &Function::operator(); }
struct CallOf<Function> {
    using type = decltype(&Function::operator());
};
template <class Function>
    requires std::is_pointer_v<Function>
struct CallOf<Function> {
    using type = Function;
};

/// The parameters and the result of a function, or of an object with one call operator.
template <class Function>
using Signature = SignatureOf<typename CallOf<Function>::type>;

template <class Function>
concept HasSignature = requires { typename Signature<Function>::Extracts; };

template <class Function, class Extracts>
auto call(const Function& function, Extracts& extracts) {
    return std::apply([&](auto&... extract) { return function(extract.get()...); }, extracts);
}

template <class Function>
http::Response answer_now(const Function& function, Request& request) {
    Extraction extraction;
    auto extracts = Signature<Function>::extract(request, extraction);
    return extraction.has_failed() ? refuse(request, std::move(extraction))
                                   : http::Response(Response(call(function, extracts)));
}

/// What the parameters refer to lives here, until the handler is done. So does `function`: in its route.
template <class Function>
Task<http::Response> answer_later(const Function& function, Request& request) {
    Extraction extraction;
    auto extracts = Signature<Function>::extract(request, extraction);
    if (extraction.has_failed()) {
        co_return refuse(request, std::move(extraction));
    }
    auto value = co_await call(function, extracts);
    co_return Response(std::move(value));
}

}  // namespace detail

/// What a route runs: a function that returns a Response, or anything a Response is made of, or a Task of
/// either when it must wait. It takes a Request&, or what it needs of one: Session&, const User&, Form<T>,
/// Query<T>, Body<T> (extract.h), in any order, or nothing. What needs no waiting is answered without a
/// coroutine.
class Handler {
 public:
    using AtOnce = std::function<http::Response(Request&)>;
    using Awaited = std::function<Task<http::Response>(Request&)>;

    template <class Function>
        requires std::is_invocable_r_v<http::Response, const Function&, Request&>
    Handler(Function function) : run_(std::in_place_type<AtOnce>, std::move(function)) {}  // NOLINT: implicit

    template <class Function>
        requires std::is_invocable_r_v<Task<http::Response>, const Function&, Request&>
    Handler(Function function)
        : run_(std::in_place_type<Awaited>, std::move(function)) {}  // NOLINT: implicit

    template <detail::HasSignature Function>
        requires(!std::is_invocable_r_v<http::Response, const Function&, Request&> && !std::is_invocable_r_v<Task<http::Response>, const Function&, Request&>)
    Handler(Function function) : run_(adapt(std::move(function), takes_)) {}  // NOLINT: implicit

    /// The callable when it needs no waiting, else nullptr.
    [[nodiscard]] const AtOnce* at_once() const noexcept { return std::get_if<AtOnce>(&run_); }
    [[nodiscard]] const Awaited* awaited() const noexcept { return std::get_if<Awaited>(&run_); }

    /// What the parameters ask of the request.
    [[nodiscard]] const Takes& takes() const noexcept { return takes_; }

 private:
    using Run = std::variant<AtOnce, Awaited>;

    template <class Function>
    static Run adapt(Function function, Takes& takes) {
        using Signature = detail::Signature<Function>;
        Signature::describe(takes);
        if constexpr (detail::IsTask<typename Signature::Result>) {
            return Awaited([function = std::move(function)](Request& request) {
                return detail::answer_later(function, request);
            });
        } else {
            return AtOnce([function = std::move(function)](Request& request) {
                return detail::answer_now(function, request);
            });
        }
    }

    Takes takes_;
    Run run_;
};

}  // namespace cardea::web
