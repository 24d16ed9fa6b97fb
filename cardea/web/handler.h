// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/task.h"
#include "cardea/http/response.h"
#include "cardea/web/extract.h"
#include "cardea/web/response.h"

#include <concepts>
#include <functional>
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
    static constexpr bool is_understood = (Extractable<Parameters> && ...);

    /// In the order of the parameters.
    static Extracts extract([[maybe_unused]] Request& request, [[maybe_unused]] Extraction& extraction) {
        return Extracts{Extract<Parameters>(request, extraction)...};
    }
    static void describe([[maybe_unused]] Takes& takes) { (Extract<Parameters>::describe(takes), ...); }
};
template <class R, class... Parameters>
struct SignatureOf<R (*)(Parameters...) noexcept> : SignatureOf<R (*)(Parameters...)> {};
template <class R, class C, class... Parameters>
struct SignatureOf<R (C::*)(Parameters...) const> : SignatureOf<R (*)(Parameters...)> {};
template <class R, class C, class... Parameters>
struct SignatureOf<R (C::*)(Parameters...) const noexcept> : SignatureOf<R (*)(Parameters...)> {};

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

namespace detail {

/// Whether every parameter is one that a handler can have.
template <class Function>
concept Understood = HasSignature<Function> && Signature<Function>::is_understood;

/// Whether a handler that returns T, or a Task of it, says anything.
template <class T>
struct IsAnswer : std::is_constructible<Response, T> {};
template <class T>
struct IsAnswer<Task<T>> : std::is_constructible<Response, T> {};
template <class T>
concept Answers = IsAnswer<T>::value;

template <class Function>
concept RunsAtOnce = std::is_invocable_r_v<http::Response, const Function&, Request&>;
template <class Function>
concept RunsLater = std::is_invocable_r_v<Task<http::Response>, const Function&, Request&>;

}  // namespace detail

/// What a route runs: a function that returns a Response, or anything a Response is made of, or a Task of
/// either when it must wait. It takes a Request&, or what it needs of one: Session&, const User&, Form<T>,
/// Query<T>, Body<T> (extract.h), in any order, or nothing. What needs no waiting is answered without a
/// coroutine.
class Handler {
 public:
    using AtOnce = std::function<http::Response(Request&)>;
    using Awaited = std::function<Task<http::Response>(Request&)>;

    // NOLINTBEGIN(google-explicit-constructor): a function is a handler
    template <detail::RunsAtOnce Function>
    Handler(Function function) : run_(std::in_place_type<AtOnce>, std::move(function)) {}

    template <detail::RunsLater Function>
    Handler(Function function) : run_(std::in_place_type<Awaited>, std::move(function)) {}

    template <class Function>
        requires(!detail::RunsAtOnce<Function> && !detail::RunsLater<Function>)
    Handler(Function function) : run_(adapt(std::move(function), takes_)) {}
    // NOLINTEND(google-explicit-constructor)

    /// The callable when it needs no waiting, else nullptr.
    [[nodiscard]] const AtOnce* at_once() const noexcept { return std::get_if<AtOnce>(&run_); }
    [[nodiscard]] const Awaited* awaited() const noexcept { return std::get_if<Awaited>(&run_); }

    /// What the parameters ask of the request.
    [[nodiscard]] const Takes& takes() const noexcept { return takes_; }

 private:
    using Run = std::variant<AtOnce, Awaited>;

    template <class Function>
    static Run adapt(Function function, Takes& takes) {
        static_assert(
            detail::HasSignature<Function>,
            "A handler is a function, or a lambda whose parameters have types: no `auto`, no overloads."
        );
        if constexpr (detail::HasSignature<Function>) {
            static_assert(
                detail::Understood<Function>,
                "A handler takes Request&, Session&, const User&, Form<T>, Body<T> or Query<T>, where T has "
                "a "
                "member `void fields(auto& field)`. Anything else is read from the Request&."
            );
            if constexpr (detail::Understood<Function>) {
                return adapt_understood(std::move(function), takes);
            }
        }
        return AtOnce();
    }

    template <class Function>
    static Run adapt_understood(Function function, Takes& takes) {
        using Signature = detail::Signature<Function>;
        static_assert(
            detail::Answers<typename Signature::Result>,
            "A handler returns a Response, a page (html::Node), Json, a text, or a Task of one of them."
        );
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
