// SPDX-License-Identifier: Apache-2.0
#include "cardea/oauth/identity.h"

namespace cardea::oauth {
namespace {

constexpr std::size_t max_claim_bytes = 2048;

std::string text(const Json& claims, std::string_view name) {
    const std::string_view value = claims.find_text(name).value_or("");
    return value.size() <= max_claim_bytes ? std::string(value) : std::string();
}

bool is_true(const Json& claims, std::string_view name) {
    const Json* value = claims.find(name);
    return value != nullptr && value->as_bool().value_or(false);
}

bool is_subject(std::string_view subject) noexcept {
    return !subject.empty() && subject.size() <= 255;
}

/// The claims of both; where both have one, the first counts. Whether an address is verified is said only by
/// the one that has the address.
Json merged(Json first, const Json& second) {
    constexpr std::string_view verified = "email_verified";
    const bool has_email = first.find("email") != nullptr;
    if (!has_email) {
        first.erase(verified);
    }
    for (const Json::Member& member : second.members()) {
        const bool is_of_other_email = has_email && member.name == verified;
        if (first.find(member.name) == nullptr && !is_of_other_email) {
            first[member.name] = member.value;
        }
    }
    return first;
}

}  // namespace

Result<Identity> identity_from_claims(std::string_view issuer, const Json& claims) {
    Identity identity{
        .issuer = std::string(issuer),
        .subject = text(claims, "sub"),
        .email = text(claims, "email"),
        .is_email_verified = is_true(claims, "email_verified"),
        .name = text(claims, "name"),
        .username = text(claims, "preferred_username"),
        .picture = text(claims, "picture"),
        .claims = claims,
    };
    if (!is_subject(identity.subject)) {
        return fail(Errc::malformed, "oauth: claims without a sub");
    }
    return identity;
}

Result<Identity> add_userinfo(const Identity& identity, const Json& userinfo) {
    Result<Identity> told = identity_from_claims(identity.issuer, userinfo);
    if (!told) {
        return told;
    }
    if (told->subject != identity.subject) {
        return fail(Errc::invalid, "oauth: userinfo of another person");
    }
    return identity_from_claims(identity.issuer, merged(identity.claims, userinfo));
}

Result<Identity> identity_from_github(std::string_view issuer, const Json& user, const Json& emails) {
    const Json* id = user.find("id");
    const std::optional<std::int64_t> number = id != nullptr ? id->as_integer() : std::nullopt;
    if (!number || *number <= 0) {
        return fail(Errc::malformed, "oauth: GitHub user without an id");
    }
    Identity identity{
        .issuer = std::string(issuer),
        .subject = std::to_string(*number),
        .name = text(user, "name"),
        .username = text(user, "login"),
        .picture = text(user, "avatar_url"),
        .claims = user,
    };
    for (const Json& email : emails.items()) {
        if (is_true(email, "primary")) {
            identity.email = text(email, "email");
            identity.is_email_verified = is_true(email, "verified");
        }
    }
    return identity;
}

}  // namespace cardea::oauth
