// SPDX-License-Identifier: Apache-2.0
/// html: pages written as C++. Tags are functions, attributes and children are values, and everything is
/// escaped by construction: text stays text, links cannot run scripts, and only `html::raw` writes what it is
/// given. A page is a tree of nodes that is written into one buffer of the right size.
///
///     html::form({.action = "/login", .method = "post"},
///         html::label({.for_ = "email"}, "Email"),
///         html::input({.id = "email", .name = "email", .required = true, .type = "email"}),
///         html::button("Sign in"));
///
/// A node keeps no reference to what it was made from.
#pragma once

#include "cardea/html/attributes.h"

#include <concepts>
#include <cstddef>
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
    Node(std::string_view text);
    Node(const std::string& text) : Node(std::string_view(text)) {}
    /// All of them, one after the other.
    Node(std::vector<Node> children) noexcept : children_(std::move(children)) {}

    void append_to(std::string& out) const;
    /// How many bytes append_to() appends.
    [[nodiscard]] std::size_t size() const noexcept;
    /// The name of the element that it is; empty for what is none.
    [[nodiscard]] std::string_view element() const noexcept { return name_; }

 private:
    friend class Tag;
    friend class VoidTag;
    friend Node raw(std::string markup);

    /// An element up to its children. `content` is what they will add to it.
    Node(std::string_view name, const Attributes* attributes, std::size_t content);
    template <class Piece>
    void add(Piece&& piece) {
        if constexpr (std::convertible_to<Piece, std::string_view>) {
            add_text(piece);
        } else {
            add_node(std::forward<Piece>(piece));
        }
    }
    void add_text(std::string_view text);
    void add_node(Node node);
    void end();
    [[nodiscard]] bool is_small() const noexcept;

    /// What add() will copy into the markup, about.
    template <class Piece>
    static std::size_t content(const Piece& piece) noexcept {
        if constexpr (std::convertible_to<Piece, std::string_view>) {
            return std::string_view(piece).size();
        } else if constexpr (std::same_as<Piece, Node>) {
            return piece.is_small() ? piece.markup_.size() : 0;
        } else {
            return 0;
        }
    }

    // What is small is written at once, which is cheaper than to link it: most elements have no children
    // left.
    std::string markup_;          // all of it, or what comes before the children
    std::vector<Node> children_;  // those that are not in the markup
    std::string_view name_;       // of the element; behind children follows its end tag
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
        return make(nullptr, std::forward<Children>(children)...);
    }
    template <Child... Children>
    [[nodiscard]] Node operator()(const Attributes& attributes, Children&&... children) const {
        return make(&attributes, std::forward<Children>(children)...);
    }

 private:
    template <class... Children>
    [[nodiscard]] Node make(const Attributes* attributes, Children&&... children) const {
        Node node(name_, attributes, (Node::content(children) + ... + name_.size()));
        (node.add(std::forward<Children>(children)), ...);
        node.end();
        return node;
    }

    std::string_view name_;
};

/// An element that has no children and no end tag.
class VoidTag {
 public:
    constexpr explicit VoidTag(std::string_view name) : name_(name) {}
    [[nodiscard]] Node operator()() const { return {name_, nullptr, 0}; }
    [[nodiscard]] Node operator()(const Attributes& attributes) const { return {name_, &attributes, 0}; }

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
