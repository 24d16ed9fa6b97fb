// SPDX-License-Identifier: Apache-2.0
#include "cardea/otp/key_uri.h"

#include "cardea/base/utf8.h"
#include "cardea/http/headers.h"
#include "cardea/http/percent.h"
#include "cardea/http/query.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace cardea::otp {
namespace {

using crypto::HashAlgorithm;

constexpr std::string_view scheme = "otpauth://";
constexpr std::array<std::pair<std::string_view, HashAlgorithm>, 3> algorithms{
    {{"SHA1", HashAlgorithm::sha1}, {"SHA256", HashAlgorithm::sha256}, {"SHA512", HashAlgorithm::sha512}}
};

/// Blanks at the ends would not come back: readers skip those around the ':'.
bool is_label(std::string_view text) {
    return text.size() <= max_label_bytes && text == http::trim(text) && is_valid_utf8(text) &&
           std::ranges::none_of(text, [](char c) {
               return static_cast<std::uint8_t>(c) < 0x20 || c == 0x7f;
           });
}

Result<> check(const KeyUri& key) {
    if (!is_label(key.issuer) || !is_label(key.account) || key.account.empty() ||
        (key.issuer.empty() && key.account.contains(':'))) {
        return fail(Errc::invalid, "the issuer or the account's name");
    }
    Result<Totp> usable = Totp::make(key.secret.clone(), key.format, key.period);
    return usable ? Result<>() : propagate(usable);
}

/// Takes off `text` what stands before the first `separator`, and that; everything when there is none.
std::string_view take_until(std::string_view& text, std::string_view separator) {
    const std::size_t end = std::min(text.find(separator), text.size());
    const std::string_view taken = text.substr(0, end);
    text.remove_prefix(std::min(end + separator.size(), text.size()));
    return taken;
}

/// "Issuer:account"; a ':' that is an escape separates too, but only where there is no other.
Result<> read_label(std::string_view label, KeyUri& key) {
    std::string_view separator = ":";
    for (const std::string_view escaped : {"%3A", "%3a"}) {
        if (!label.contains(separator)) {
            separator = escaped;
        }
    }
    std::optional<std::string> issuer = "";
    if (label.contains(separator)) {
        issuer = http::percent_decode(take_until(label, separator));
    }
    const std::optional<std::string> account = http::percent_decode(label);
    if (!issuer || !account) {
        return fail(Errc::malformed, "label of a key URI");
    }
    key.issuer = http::trim(*issuer);
    key.account = http::trim(*account);
    return {};
}

template <class Number>
Result<> read_number(const http::Fields& fields, std::string_view name, Number& number) {
    const std::optional<std::string_view> text = fields.find(name);
    if (!text) {
        return {};
    }
    const auto read = std::from_chars(text->data(), text->data() + text->size(), number);
    if (read.ec != std::errc() || read.ptr != text->data() + text->size()) {
        return fail(Errc::malformed, std::string(name) + " of a key URI");
    }
    return {};
}

Result<> read_format(const http::Fields& fields, KeyUri& key) {
    if (fields.has("encoder")) {
        return fail(Errc::unsupported, "codes with letters");  // Steam's
    }
    if (const auto name = fields.find("algorithm")) {
        const auto* known = std::ranges::find_if(algorithms, [&name](const auto& algorithm) {
            return http::equals_ignoring_case(algorithm.first, *name);
        });
        if (known == algorithms.end()) {
            return fail(Errc::unsupported, "algorithm of a key URI");
        }
        key.format.algorithm = known->second;
    }
    return read_number(fields, "digits", key.format.digits);
}

Result<> read_movement(const http::Fields& fields, KeyUri& key) {
    if (key.kind == KeyUri::Kind::hotp) {
        if (!fields.has("counter")) {
            return fail(Errc::malformed, "a key URI for HOTP without its counter");
        }
        return read_number(fields, "counter", key.counter);
    }
    std::uint32_t period = static_cast<std::uint32_t>(key.period.count());
    Result<> read = read_number(fields, "period", period);
    key.period = std::chrono::seconds(period);
    return read;
}

Result<> read_issuer(const http::Fields& fields, KeyUri& key) {
    const std::string_view issuer = fields.text("issuer");
    if (issuer.empty()) {
        return {};
    }
    if (!key.issuer.empty() && key.issuer != http::trim(issuer)) {
        return fail(Errc::invalid, "two issuers in a key URI");
    }
    key.issuer = http::trim(issuer);
    return {};
}

Result<KeyUri::Kind> read_kind(std::string_view text) {
    if (http::equals_ignoring_case(text, "totp")) {
        return KeyUri::Kind::totp;
    }
    if (http::equals_ignoring_case(text, "hotp")) {
        return KeyUri::Kind::hotp;
    }
    return fail(Errc::unsupported, "kind of a key URI");
}

/// The parts one after another; the first that is wrong ends it.
Result<> read_parts(std::string_view label, const http::Fields& fields, KeyUri& key) {
    if (Result<> read = read_label(label, key); !read) {
        return read;
    }
    for (const auto read_part : {read_issuer, read_format, read_movement}) {
        if (Result<> read = read_part(fields, key); !read) {
            return read;
        }
    }
    return check(key);
}

void append_parameter(std::string& uri, std::string_view name, std::string_view value) {
    uri += name;
    uri += '=';
    http::append_percent_encoded(uri, value);
}

/// What is not the default.
void append_parameters(std::string& uri, const KeyUri& key) {
    append_parameter(uri, "?secret", key.secret.text().expose());
    if (!key.issuer.empty()) {
        append_parameter(uri, "&issuer", key.issuer);
    }
    if (key.kind == KeyUri::Kind::hotp) {
        append_parameter(uri, "&counter", std::to_string(key.counter));
    }
    if (key.format.algorithm != CodeFormat().algorithm) {
        const auto* known =
            std::ranges::find(algorithms, key.format.algorithm, &decltype(algorithms)::value_type::second);
        append_parameter(uri, "&algorithm", known->first);
    }
    if (key.format.digits != CodeFormat().digits) {
        append_parameter(uri, "&digits", std::to_string(key.format.digits));
    }
    if (key.kind == KeyUri::Kind::totp && key.period != Totp::usual_period) {
        append_parameter(uri, "&period", std::to_string(key.period.count()));
    }
}

}  // namespace

Result<SecretText> make_key_uri(const KeyUri& key) {
    if (Result<> checked = check(key); !checked) {
        return propagate(checked);
    }
    std::string uri;
    uri.reserve(max_key_uri_bytes);  // growing would leave copies behind
    uri += scheme;
    uri += key.kind == KeyUri::Kind::totp ? "totp/" : "hotp/";
    if (!key.issuer.empty()) {
        http::append_percent_encoded(uri, key.issuer, "/");
        uri += ':';
    }
    http::append_percent_encoded(uri, key.account, "/");
    append_parameters(uri, key);
    SecretText secret(uri);
    wipe(uri.data(), uri.size());
    return secret;
}

Result<KeyUri> parse_key_uri(std::string_view text) {
    if (text.size() > max_key_uri_bytes) {
        return fail(Errc::too_large, "key URI");
    }
    if (!http::equals_ignoring_case(text.substr(0, scheme.size()), scheme) || text.contains('#')) {
        return fail(Errc::malformed, "key URI");
    }
    text.remove_prefix(scheme.size());
    std::string_view path = take_until(text, "?");
    Result<KeyUri::Kind> kind = read_kind(take_until(path, "/"));
    if (!kind) {
        return propagate(kind);
    }
    Result<http::Fields> fields =
        http::parse_fields(text, {.count = 16, .name_bytes = 32, .value_bytes = 512});
    if (!fields) {
        return propagate(fields);
    }
    if (Result<> once = fields->refuse_repeated(); !once) {
        return propagate(once);
    }
    Result<SharedSecret> secret = SharedSecret::parse(fields->text("secret"), Base32Reading::lenient);
    if (!secret) {
        return fail(Errc::invalid, "secret of a key URI");
    }
    KeyUri key{.kind = *kind, .issuer = {}, .account = {}, .secret = std::move(*secret)};
    if (Result<> read = read_parts(path, *fields, key); !read) {
        return propagate(read);
    }
    return key;
}

}  // namespace cardea::otp
