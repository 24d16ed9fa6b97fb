// SPDX-License-Identifier: Apache-2.0
#include "cardea/html/attributes.h"

#include "cardea/base/assert.h"
#include "cardea/html/escape.h"

#include <array>
#include <utility>

namespace cardea::html {
namespace {

struct TextAttribute {
    std::string_view name;
    std::string_view Attributes::* member;
};

struct FlagAttribute {
    std::string_view name;
    bool Attributes::* member;
};

constexpr std::array texts = {
    TextAttribute{"id", &Attributes::id},
    TextAttribute{"class", &Attributes::class_},
    TextAttribute{"type", &Attributes::type},
    TextAttribute{"name", &Attributes::name},
    TextAttribute{"value", &Attributes::value},
    TextAttribute{"accept", &Attributes::accept},
    TextAttribute{"alt", &Attributes::alt},
    TextAttribute{"autocapitalize", &Attributes::autocapitalize},
    TextAttribute{"autocomplete", &Attributes::autocomplete},
    TextAttribute{"charset", &Attributes::charset},
    TextAttribute{"cols", &Attributes::cols},
    TextAttribute{"colspan", &Attributes::colspan},
    TextAttribute{"content", &Attributes::content},
    TextAttribute{"datetime", &Attributes::datetime},
    TextAttribute{"dir", &Attributes::dir},
    TextAttribute{"enctype", &Attributes::enctype},
    TextAttribute{"for", &Attributes::for_},
    TextAttribute{"form", &Attributes::form},
    TextAttribute{"height", &Attributes::height},
    TextAttribute{"inputmode", &Attributes::inputmode},
    TextAttribute{"integrity", &Attributes::integrity},
    TextAttribute{"label", &Attributes::label},
    TextAttribute{"lang", &Attributes::lang},
    TextAttribute{"max", &Attributes::max},
    TextAttribute{"maxlength", &Attributes::maxlength},
    TextAttribute{"media", &Attributes::media},
    TextAttribute{"method", &Attributes::method},
    TextAttribute{"min", &Attributes::min},
    TextAttribute{"minlength", &Attributes::minlength},
    TextAttribute{"pattern", &Attributes::pattern},
    TextAttribute{"placeholder", &Attributes::placeholder},
    TextAttribute{"rel", &Attributes::rel},
    TextAttribute{"role", &Attributes::role},
    TextAttribute{"rows", &Attributes::rows},
    TextAttribute{"rowspan", &Attributes::rowspan},
    TextAttribute{"scope", &Attributes::scope},
    TextAttribute{"size", &Attributes::size},
    TextAttribute{"sizes", &Attributes::sizes},
    TextAttribute{"spellcheck", &Attributes::spellcheck},
    TextAttribute{"step", &Attributes::step},
    TextAttribute{"tabindex", &Attributes::tabindex},
    TextAttribute{"target", &Attributes::target},
    TextAttribute{"title", &Attributes::title},
    TextAttribute{"width", &Attributes::width},
};

constexpr std::array links = {
    TextAttribute{"action", &Attributes::action},
    TextAttribute{"formaction", &Attributes::formaction},
    TextAttribute{"href", &Attributes::href},
};

constexpr std::array flags = {
    FlagAttribute{"autofocus", &Attributes::autofocus},
    FlagAttribute{"checked", &Attributes::checked},
    FlagAttribute{"defer", &Attributes::defer},
    FlagAttribute{"disabled", &Attributes::disabled},
    FlagAttribute{"hidden", &Attributes::hidden},
    FlagAttribute{"multiple", &Attributes::multiple},
    FlagAttribute{"novalidate", &Attributes::novalidate},
    FlagAttribute{"open", &Attributes::open},
    FlagAttribute{"readonly", &Attributes::readonly},
    FlagAttribute{"required", &Attributes::required},
    FlagAttribute{"selected", &Attributes::selected},
};

constexpr std::string_view no_link = "about:invalid";

void append_attribute(
    std::string& out, std::string_view prefix, std::string_view name, std::string_view value
) {
    out.append(" ").append(prefix).append(name).append("=\"");
    append_escaped(out, value);
    out.append("\"");
}

void append_list(std::string& out, std::string_view prefix, const Attributes::List& list) {
    for (const auto& [name, value] : list) {
        CARDEA_ASSERT(
            !name.empty() && name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == name.npos
        );
        if (value.data() != nullptr) {
            append_attribute(out, prefix, name, value);
        }
    }
}

/// Unrolled: few are given, and looking for them is most of the work.
template <std::size_t... Index>
void append_texts(std::string& out, const Attributes& attributes, std::index_sequence<Index...> /*all*/) {
    const auto append = [&](std::string_view name, std::string_view value) {
        if (value.data() != nullptr) {
            append_attribute(out, "", name, value);
        }
    };
    (append(texts[Index].name, attributes.*texts[Index].member), ...);
}

}  // namespace

void append_attributes(std::string& out, const Attributes& attributes) {
    append_texts(out, attributes, std::make_index_sequence<texts.size()>());
    for (const auto& [name, member] : links) {
        const std::string_view value = attributes.*member;
        if (value.data() != nullptr) {
            append_attribute(out, "", name, is_safe_link(value) ? value : no_link);
        }
    }
    if (attributes.src.data() != nullptr) {
        append_attribute(out, "", "src", is_safe_source(attributes.src) ? attributes.src : no_link);
    }
    for (const auto& [name, member] : flags) {
        if (attributes.*member) {
            out.append(" ").append(name);
        }
    }
    append_list(out, "aria-", attributes.aria);
    append_list(out, "data-", attributes.data);
}

}  // namespace cardea::html
