// SPDX-License-Identifier: Apache-2.0
#include "cardea/html/node.h"

#include "cardea/html/escape.h"

namespace cardea::html {
namespace {

/// Most pages fit without growing.
constexpr std::size_t usual_page_size = 8192;

std::string write(const Attributes& attributes) {
    std::string written;
    append_attributes(written, attributes);
    return written;
}

}  // namespace

void Node::append_to(std::string& out) const {
    switch (kind_) {
        case Kind::nothing:
            return;
        case Kind::text:
            return append_escaped(out, view_);
        case Kind::own_text:
            return append_escaped(out, own_);
        case Kind::raw:
            out.append(own_);
            return;
        case Kind::fragment:
            for (const Node& child : children_) {
                child.append_to(out);
            }
            return;
        case Kind::element:
        case Kind::void_element:
            return append_element(out);
    }
}

std::string_view Node::element() const noexcept {
    return kind_ == Kind::element || kind_ == Kind::void_element ? view_ : std::string_view();
}

void Node::append_element(std::string& out) const {
    out.append("<").append(view_).append(own_).append(">");
    if (kind_ == Kind::void_element) {
        return;
    }
    if (view_ == "textarea" || view_ == "pre") {
        out.push_back('\n');  // browsers drop one line end here: this one, not the text's own
    }
    for (const Node& child : children_) {
        child.append_to(out);
    }
    out.append("</").append(view_).append(">");
}

Node Tag::make(const Attributes& attributes, std::vector<Node> children) const {
    return {Node::Kind::element, name_, write(attributes), std::move(children)};
}

Node VoidTag::operator()(const Attributes& attributes) const {
    return {Node::Kind::void_element, name_, write(attributes), {}};
}

Node raw(std::string markup) {
    return {Node::Kind::raw, {}, std::move(markup), {}};
}

std::string render(const Node& root) {
    std::string page;
    page.reserve(usual_page_size);
    page.append("<!doctype html>");
    root.append_to(page);
    return page;
}

}  // namespace cardea::html
