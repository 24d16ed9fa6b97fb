// SPDX-License-Identifier: Apache-2.0
#include "cardea/account/email.h"

#include "cardea/account/detail/unicode.h"
#include "cardea/base/utf8.h"

#include <idn2.h>

#include <algorithm>
#include <memory>
#include <optional>

namespace cardea::account {
namespace {

constexpr std::size_t max_local_size = 64;    // RFC 5321 section 4.5.3.1.1
constexpr std::size_t max_domain_size = 253;  // RFC 1035, as text
constexpr std::size_t max_label_size = 63;

struct Free {
    void operator()(void* memory) const noexcept { idn2_free(memory); }
};
using IdnText = std::unique_ptr<char, Free>;

bool is_ascii_letter_or_digit(char32_t c) noexcept {
    return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || (c >= U'0' && c <= U'9');
}

/// RFC 5322 atext, and beyond ASCII (RFC 6531) whatever has a glyph.
bool is_atom_character(char32_t c) noexcept {
    if (c < 0x80) {
        return is_ascii_letter_or_digit(c) || std::u32string_view(U"!#$%&'*+-/=?^_`{|}~").contains(c);
    }
    return !detail::is_other(c) && !detail::is_separator(c) && !detail::is_ignorable(c);
}

bool is_dot_atom(std::u32string_view local) noexcept {
    const bool dots_stand_between =
        !local.empty() && local.front() != U'.' && local.back() != U'.' && !local.contains(U"..");
    return dots_stand_between &&
           std::ranges::all_of(local, [](char32_t c) { return c == U'.' || is_atom_character(c); });
}

bool is_host_label(std::string_view label) noexcept {
    return !label.empty() && label.size() <= max_label_size && label.front() != '-' && label.back() != '-' &&
           std::ranges::all_of(label, [](char c) {
               return c == '-' || is_ascii_letter_or_digit(static_cast<unsigned char>(c));
           });
}

/// At least two labels (or "localhost"), the last of them no number: an address literal is no domain.
bool is_host_name(std::string_view domain) noexcept {
    std::size_t labels = 0;
    std::string_view last;
    for (std::size_t start = 0; start <= domain.size();) {
        const std::size_t end = std::min(domain.find('.', start), domain.size());
        last = domain.substr(start, end - start);
        if (!is_host_label(last)) {
            return false;
        }
        ++labels;
        start = end + 1;
    }
    const bool is_number = std::ranges::all_of(last, [](char c) { return c >= '0' && c <= '9'; });
    return domain.size() <= max_domain_size && !is_number && (labels > 1 || domain == "localhost");
}

/// Whether the domain is its own A-label form but for the case: no label of it has "--" where "xn--" has it.
bool has_plain_labels(std::string_view domain) noexcept {
    return is_host_name(domain) && !domain.contains("--");
}

/// The A-label form by IDNA2008 with the mapping of UTS 46 (non-transitional).
std::optional<std::string> to_a_labels(const std::string& domain) {
    if (has_plain_labels(domain)) {
        return ascii_lower(domain);
    }
    char* out = nullptr;
    const int rc = idn2_to_ascii_8z(domain.c_str(), &out, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
    const IdnText owner(out);
    if (rc != IDN2_OK) {
        return std::nullopt;
    }
    return ascii_lower(out);
}

/// Whether every `xn--` label stands for the letters that it would be made from.
bool comes_back(const std::string& a_labels) {
    if (!a_labels.contains("xn--")) {
        return true;
    }
    char* out = nullptr;
    const int rc = idn2_to_unicode_8z8z(a_labels.c_str(), &out, IDN2_NONTRANSITIONAL);
    const IdnText owner(out);
    return rc == IDN2_OK && to_a_labels(out) == a_labels;
}

std::optional<std::string> domain_key(std::string_view domain) {
    if (domain.contains('\0')) {
        return std::nullopt;
    }
    std::optional<std::string> key = to_a_labels(std::string(domain));
    if (!key || !is_host_name(*key) || !comes_back(*key)) {
        return std::nullopt;
    }
    return key;
}

std::optional<std::string> local_key(std::string_view local) {
    const std::optional<std::u32string> code_points = detail::code_points(local);
    if (!code_points || !is_dot_atom(*code_points)) {
        return std::nullopt;
    }
    return detail::mapped(local, detail::Mapping::casefolded);
}

std::string local_in_lower_case(const std::string& address) {
    return ascii_lower(std::string_view(address).substr(0, address.find('@')));
}

}  // namespace

bool EmailAddress::is_proof_of(const EmailAddress& other) const {
    return key_ == other.key_ && local_in_lower_case(text_) == local_in_lower_case(other.text_);
}

Result<EmailAddress> EmailAddress::parse(std::string_view text) {
    if (text.size() > max_size) {
        return fail(Errc::too_large, "email");
    }
    const std::size_t at = text.find('@');
    if (at == std::string_view::npos || text.find('@', at + 1) != std::string_view::npos) {
        return fail(Errc::invalid, "email: needs exactly one @");
    }
    if (at > max_local_size) {
        return fail(Errc::too_large, "email: local part");
    }
    const std::optional<std::string> local = local_key(text.substr(0, at));
    const std::optional<std::string> domain = domain_key(text.substr(at + 1));
    if (!local || !domain) {
        return fail(Errc::invalid, local ? "email: domain" : "email: local part");
    }
    return EmailAddress(std::string(text), *local + "@" + *domain);
}

}  // namespace cardea::account
