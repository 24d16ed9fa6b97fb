// SPDX-License-Identifier: Apache-2.0
#include "cardea/html/node.h"

#include "cardea/html/escape.h"

namespace cardea::html {
namespace {

/// What is not larger is copied into its parent. The page is copied once more for each level of elements of
/// this size, and not for those around them.
constexpr std::size_t small_markup = 512;

/// Room for the attributes of most elements.
constexpr std::size_t usual_attributes = 96;

/// "<", ">", "</" and ">".
constexpr std::size_t tag_marks = 5;

constexpr std::string_view doctype = "<!doctype html>";

}  // namespace

Node::Node(std::string_view text) {
    add_text(text);
}

Node::Node(std::string_view name, const Attributes* attributes, std::size_t content) : name_(name) {
    markup_.reserve(name.size() + content + tag_marks + (attributes != nullptr ? usual_attributes : 0));
    markup_.append("<").append(name);
    if (attributes != nullptr) {
        append_attributes(markup_, *attributes);
    }
    markup_.push_back('>');
    if (name == "textarea" || name == "pre") {
        markup_.push_back('\n');  // browsers drop one line end here: this one, not the text's own
    }
}

bool Node::is_small() const noexcept {
    return children_.empty() && markup_.size() <= small_markup;
}

void Node::add_text(std::string_view text) {
    if (children_.empty()) {
        append_escaped(markup_, text);
    } else {
        children_.emplace_back(text);
    }
}

void Node::add_node(Node node) {
    if (children_.empty() && node.is_small()) {
        markup_.append(node.markup_);
    } else if (children_.empty() && node.markup_.empty()) {
        children_ = std::move(node.children_);
    } else {
        children_.push_back(std::move(node));
    }
}

void Node::end() {
    if (children_.empty()) {
        markup_.append("</").append(name_).append(">");
    }
}

std::size_t Node::size() const noexcept {
    std::size_t size = markup_.size();
    for (const Node& child : children_) {
        size += child.size();
    }
    return children_.empty() || name_.empty() ? size : size + name_.size() + 3;
}

void Node::append_to(std::string& out) const {
    out.append(markup_);
    for (const Node& child : children_) {
        child.append_to(out);
    }
    if (!children_.empty() && !name_.empty()) {
        out.append("</").append(name_).append(">");
    }
}

Node raw(std::string markup) {
    Node node;
    node.markup_ = std::move(markup);
    return node;
}

std::string render(const Node& root) {
    std::string page;
    page.reserve(doctype.size() + root.size());
    page.append(doctype);
    root.append_to(page);
    return page;
}

}  // namespace cardea::html
