// SPDX-License-Identifier: Apache-2.0
#include "cardea/password/policy.h"

#include "cardea/base/repetition.h"
#include "cardea/base/utf8.h"
#include "cardea/password/detail/unicode.h"
#include "cardea/password/strength.h"

#include <algorithm>
#include <array>
#include <string>

namespace cardea::password {
namespace {

constexpr std::size_t shortest_context_word = 4;

/// Orders in which fingers go along an alphabet or a keyboard, each followed by its beginning again.
constexpr std::array<std::string_view, 3> sequences{
    "abcdefghijklmnopqrstuvwxyza", "12345678901", "qwertyuiopasdfghjklzxcvbnmq"
};

bool has_all_four_classes(std::string_view text) {
    const auto has = [text](auto in_class) { return std::ranges::any_of(text, in_class); };
    const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
    const auto is_lower = [](char c) { return c >= 'a' && c <= 'z'; };
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    const auto is_other = [&](char c) { return !is_upper(c) && !is_lower(c) && !is_digit(c); };
    return has(is_upper) && has(is_lower) && has(is_digit) && has(is_other);
}

/// Whether every two neighbours of the text are neighbours in the sequence too, in that order or the other.
bool follows(std::string_view text, std::string_view sequence, bool backwards) {
    for (std::size_t i = 1; i < text.size(); ++i) {
        const std::array<char, 2> pair{text[backwards ? i : i - 1], text[backwards ? i - 1 : i]};
        if (!sequence.contains(std::string_view(pair.data(), pair.size()))) {
            return false;
        }
    }
    return true;
}

/// "defghij" or "jihgfed".
bool is_sequence(std::string_view text) {
    return std::ranges::any_of(sequences, [text](std::string_view sequence) {
        return follows(text, sequence, false) || follows(text, sequence, true);
    });
}

bool contains_word(std::string_view folded, std::string_view word) {
    const Result<SecretText> folded_word = detail::case_folded(word.substr(0, word.find('@')));
    if (!folded_word) {
        return false;
    }
    const std::size_t length = count_code_points(folded_word->expose()).value_or(0);
    return length >= shortest_context_word && folded.contains(folded_word->expose());
}

Result<> check_shape(std::string_view text, const PasswordPolicy& policy) {
    if (count_code_points(text).value_or(0) < policy.min_code_points) {
        return fail(
            Errc::password_too_short, "at least " + std::to_string(policy.min_code_points) + " characters"
        );
    }
    if (text.size() > policy.max_bytes) {
        return fail(Errc::password_too_long);
    }
    if (policy.composition == Composition::four_classes && !has_all_four_classes(text)) {
        return fail(Errc::password_too_simple);
    }
    return {};
}

Result<> check_guessable(const Password& password, std::span<const std::string_view> words) {
    Result<SecretText> folded = detail::case_folded(password.expose());
    if (!folded) {
        return propagate(folded);
    }
    if (is_repetition(folded->expose()) || is_sequence(folded->expose())) {
        return fail(Errc::password_blocked, "a sequence or repetition");
    }
    if (std::ranges::any_of(words, [&](auto word) { return contains_word(folded->expose(), word); })) {
        return fail(Errc::password_blocked, "contains a word of the account or the site");
    }
    return {};
}

bool is_listed(const Password& password, const Blocklist* further) {
    return Blocklist::built_in().contains(password) || (further != nullptr && further->contains(password));
}

}  // namespace

Result<> check_password(
    const Password& password, const PasswordPolicy& policy, const PolicyContext& context
) {
    if (Result<> shape = check_shape(password.expose(), policy); !shape) {
        return shape;
    }
    if (policy.common == CommonPasswords::refused && is_listed(password, context.further)) {
        return fail(Errc::password_blocked, "on a list of common passwords");
    }
    if (Result<> guessable = check_guessable(password, context.words); !guessable) {
        return guessable;
    }
    if (policy.min_score > 0 && estimate_strength(password, context.words).score < policy.min_score) {
        return fail(Errc::password_blocked, "guessed too soon");
    }
    return {};
}

bool is_policy_refusal(Errc code) noexcept {
    switch (code) {
        case Errc::password_too_short:
        case Errc::password_too_long:
        case Errc::password_too_simple:
        case Errc::password_blocked:
            return true;
        default:
            return false;
    }
}

}  // namespace cardea::password
