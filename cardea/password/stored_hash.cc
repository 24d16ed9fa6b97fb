// SPDX-License-Identifier: Apache-2.0
#include "cardea/password/stored_hash.h"

#include "cardea/password/detail/forms.h"
#include "cardea/password/pepper.h"

namespace cardea::password {

Result<HashFacts> identify(std::string_view stored) {
    Result<Peppered> peppered = split_pepper(stored);
    if (!peppered) {
        return propagate(peppered);
    }
    Result<detail::StoredHash> parsed = detail::parse_stored(peppered->hash);
    if (!parsed) {
        return propagate(parsed);
    }
    return HashFacts{
        .scheme = scheme_of(parsed->hash),
        .form = parsed->form->name,
        .cost = cost_text(parsed->hash),
        .pepper_key = std::string(peppered->key_id),
    };
}

Result<std::string> blank_of(std::string_view stored) {
    Result<Peppered> peppered = split_pepper(stored);
    if (!peppered) {
        return propagate(peppered);
    }
    Result<detail::StoredHash> parsed = detail::parse_stored(peppered->hash);
    if (!parsed) {
        return propagate(parsed);
    }
    detail::make_blank(parsed->hash);
    return with_pepper(peppered->key_id, to_text(*parsed));
}

}  // namespace cardea::password
