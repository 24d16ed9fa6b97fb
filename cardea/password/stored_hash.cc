// SPDX-License-Identifier: Apache-2.0
#include "cardea/password/stored_hash.h"

#include "cardea/password/detail/forms.h"
#include "cardea/password/pepper.h"

#include <utility>

namespace cardea::password {
namespace {

/// What stands in a stored text: the pepper's key, and the hash.
struct Parts {
    Peppered peppered;
    detail::StoredHash stored;
};

Result<Parts> parts_of(std::string_view text) {
    Result<Peppered> peppered = split_pepper(text);
    if (!peppered) {
        return propagate(peppered);
    }
    Result<detail::StoredHash> stored = detail::parse_stored(peppered->hash);
    if (!stored) {
        return propagate(stored);
    }
    return Parts{*peppered, std::move(*stored)};
}

}  // namespace

Result<HashFacts> identify(std::string_view stored) {
    Result<Parts> parts = parts_of(stored);
    if (!parts) {
        return propagate(parts);
    }
    return HashFacts{
        .scheme = scheme_of(parts->stored.hash),
        .form = parts->stored.form->name,
        .cost = cost_text(parts->stored.hash),
        .pepper_key = std::string(parts->peppered.key_id),
    };
}

Result<std::string> blank_of(std::string_view stored) {
    Result<Parts> parts = parts_of(stored);
    if (!parts) {
        return propagate(parts);
    }
    detail::make_blank(parts->stored.hash);
    return with_pepper(parts->peppered.key_id, to_text(parts->stored));
}

}  // namespace cardea::password
