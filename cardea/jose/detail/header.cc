// SPDX-License-Identifier: Apache-2.0
#include "cardea/jose/detail/header.h"

#include "cardea/base/base64url.h"

#include <algorithm>
#include <array>

namespace cardea::jose::detail {
namespace {

constexpr std::array<std::string_view, 1> understood_extensions{"b64"};

/// The two parts of a header as one.
class Parts {
 public:
    Parts(const Json* protected_part, const Json* unprotected) : parts_{protected_part, unprotected} {}

    /// The member of either part; nullptr when there is none.
    [[nodiscard]] const Json* find(std::string_view name) const {
        for (const Json* part : parts_) {
            const Json* member = part != nullptr ? part->find(name) : nullptr;
            if (member != nullptr) {
                return member;
            }
        }
        return nullptr;
    }

    /// Whether both are objects and no name is in both.
    [[nodiscard]] bool are_disjoint_objects() const {
        const auto [first, second] = parts_;
        const auto is_object = [](const Json* part) { return part == nullptr || part->is_object(); };
        if (!is_object(first) || !is_object(second)) {
            return false;
        }
        return first == nullptr || second == nullptr ||
               std::ranges::none_of(second->members(), [&](const Json::Member& member) {
                   return first->find(member.name) != nullptr;
               });
    }

 private:
    std::array<const Json*, 2> parts_;
};

/// An absent member is empty. False when it is no text.
bool read_text(const Parts& parts, std::string_view name, std::string& out) {
    const Json* member = parts.find(name);
    if (member == nullptr) {
        return true;
    }
    out = member->as_text().value_or("");
    return member->as_text().has_value();
}

/// RFC 7797 section 6: `b64` counts only when it is critical.
Result<bool> read_b64(const Json* protected_part) {
    const Json* b64 = protected_part != nullptr ? protected_part->find("b64") : nullptr;
    if (b64 == nullptr) {
        return true;
    }
    if (!b64->as_bool() || (!*b64->as_bool() && protected_part->find("crit") == nullptr)) {
        return fail(Errc::malformed, "jws: b64");
    }
    return *b64->as_bool();
}

}  // namespace

Result<Json> decode_header(std::string_view encoded) {
    if (encoded.size() > base64url_size(max_header_size)) {
        return fail(Errc::too_large, "jose: header");
    }
    const Result<Bytes> text = base64url_decode(encoded);
    if (!text) {
        return fail(Errc::malformed, "jose: header");
    }
    Result<Json> json = parse_json(as_text(*text), header_limits);
    if (json && !json->is_object()) {
        return fail(Errc::malformed, "jose: header");
    }
    return json;
}

Result<> check_crit(const Json& header, std::span<const std::string_view> understood) {
    const Json* crit = header.find("crit");
    if (crit == nullptr) {
        return {};
    }
    const std::span<const Json> names = crit->items();
    if (names.empty()) {
        return fail(Errc::malformed, "jose: crit");
    }
    for (const Json& one : names) {
        const std::optional<std::string_view> name = one.as_text();
        if (!name || std::ranges::count(names, one) > 1) {
            return fail(Errc::malformed, "jose: crit");
        }
        if (std::ranges::find(understood, *name) == understood.end()) {
            return fail(Errc::unsupported, "jose: a critical header that is not understood");
        }
        if (header.find(*name) == nullptr) {
            return fail(Errc::malformed, "jose: crit");
        }
    }
    return {};
}

Result<JwsHeader> read_jws_header(const Json* protected_part, const Json* unprotected) {
    const Parts parts(protected_part, unprotected);
    if (!parts.are_disjoint_objects()) {
        return fail(Errc::malformed, "jws: header");
    }
    if (unprotected != nullptr &&
        (unprotected->find("crit") != nullptr || unprotected->find("b64") != nullptr)) {
        return fail(Errc::malformed, "jws: crit and b64 must be protected");
    }
    if (protected_part != nullptr) {
        if (Result<> known = check_crit(*protected_part, understood_extensions); !known) {
            return propagate(known);
        }
    }
    const Parts signed_part(protected_part, nullptr);
    JwsHeader header;
    std::string alg;
    std::string kid;
    const Result<bool> b64 = read_b64(protected_part);
    if (!read_text(parts, "alg", alg) || !read_text(parts, "kid", kid) ||
        !read_text(signed_part, "typ", header.typ) || !read_text(signed_part, "cty", header.cty) || !b64) {
        return fail(Errc::malformed, "jws: header");
    }
    const std::optional<JwsAlgorithm> algorithm = parse_jws_algorithm(alg);
    if (!algorithm) {
        return fail(Errc::unsupported, "jws: alg");
    }
    header.algorithm = *algorithm;
    header.b64 = *b64;
    if (parts.find("kid") != nullptr) {
        header.kid = std::move(kid);
    }
    return header;
}

}  // namespace cardea::jose::detail
