// SPDX-License-Identifier: Apache-2.0
/// html: pages written as C++. Tags are functions, attributes and children are values, and everything is
/// escaped by construction: text stays text, links cannot run scripts, and only `html::raw` writes what it is
/// given. A tree of nodes appends itself to one buffer; nothing is copied on the way.
///
///     html::form({.action = "/login", .method = "post"},
///         html::label({.for_ = "email"}, "Email"),
///         html::input({.id = "email", .name = "email", .required = true, .type = "email"}),
///         html::button("Sign in"));
///
/// A `std::string_view` or a literal is kept as a view and must outlive the node; a `std::string` is kept as
/// the node's own.
#pragma once

#include "cardea/html/attributes.h"

#include <concepts>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cardea::html {

/// A piece of a page.
class Node {
 public:
    /// Nothing: for what is left out on a condition.
    Node() = default;
    Node(const char* text) : Node(std::string_view(text)) {}
    Node(std::string_view text) : kind_(Kind::text), view_(text) {}
    Node(std::string text) : kind_(Kind::own_text), own_(std::move(text)) {}
    /// All of them, one after the other.
    Node(std::vector<Node> children) : kind_(Kind::fragment), children_(std::move(children)) {}

    void append_to(std::string& out) const;
    /// The name of the element that it is; empty for what is none.
    [[nodiscard]] std::string_view element() const noexcept;

 private:
    friend class Tag;
    friend class VoidTag;
    friend Node raw(std::string markup);

    enum class Kind : unsigned char { nothing, text, own_text, raw, fragment, element, void_element };

    Node(Kind kind, std::string_view view, std::string own, std::vector<Node> children)
        : kind_(kind), view_(view), own_(std::move(own)), children_(std::move(children)) {}
    void append_element(std::string& out) const;

    Kind kind_ = Kind::nothing;
    std::string_view view_;  // the text, or the name of the element
    std::string own_;        // the text or markup, or the written attributes of the element
    std::vector<Node> children_;
};

/// What can stand inside an element.
template <class T>
concept Child = std::convertible_to<T, Node>;

/// The children as nodes, in one list.
template <Child... Children>
[[nodiscard]] std::vector<Node> list_of(Children&&... children) {
    std::vector<Node> list;
    list.reserve(sizeof...(children));
    (list.emplace_back(std::forward<Children>(children)), ...);
    return list;
}

/// An element with children: `html::p("text")` or `html::p({.id = "x"}, "text")`.
class Tag {
 public:
    constexpr explicit Tag(std::string_view name) : name_(name) {}

    template <Child... Children>
    [[nodiscard]] Node operator()(Children&&... children) const {
        return make({}, list_of(std::forward<Children>(children)...));
    }
    template <Child... Children>
    [[nodiscard]] Node operator()(const Attributes& attributes, Children&&... children) const {
        return make(attributes, list_of(std::forward<Children>(children)...));
    }

 private:
    [[nodiscard]] Node make(const Attributes& attributes, std::vector<Node> children) const;

    std::string_view name_;
};

/// An element that has no children and no end tag.
class VoidTag {
 public:
    constexpr explicit VoidTag(std::string_view name) : name_(name) {}
    [[nodiscard]] Node operator()(const Attributes& attributes = {}) const;

 private:
    std::string_view name_;
};

/// Markup that is written as it is: only for what the program itself made, never for anything that came from
/// outside.
[[nodiscard]] Node raw(std::string markup);

/// Nodes in a row, without an element around them.
template <Child... Children>
[[nodiscard]] Node fragment(Children&&... children) {
    return list_of(std::forward<Children>(children)...);
}

/// A whole document: the doctype, then the node, which is an `html::root`.
[[nodiscard]] std::string render(const Node& root);

}  // namespace cardea::html
