// SPDX-License-Identifier: Apache-2.0
#include "server/config/settings.h"

#include "cardea/base/duration_text.h"
#include "server/config/readers.h"
#include "server/config/values.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <type_traits>
#include <utility>

namespace cardea::server {
namespace {

template <class T>
Result<> store(T& member, Result<T> value) {
    if (!value) {
        return propagate(value);
    }
    member = std::move(*value);
    return {};
}

/// A closed set of words and what they mean.
template <class T, std::size_t N>
using Words = std::array<std::pair<std::string_view, T>, N>;

template <class T, std::size_t N>
Result<T> find_word(const Words<T, N>& words, std::string_view text) {
    std::string known;
    for (const auto& [word, value] : words) {
        if (word == text) {
            return value;
        }
        fmt::format_to(std::back_inserter(known), "{}{}", known.empty() ? "" : ", ", word);
    }
    return fail(Errc::config, "choose one of: " + known);
}

template <class T, std::size_t N>
std::string word_in_quotes(const Words<T, N>& words, T value) {
    return in_quotes(std::ranges::find(words, value, &std::pair<std::string_view, T>::second)->first);
}

constexpr Words<account::RegistrationMode, 3> registration_words{
    {{"open", account::RegistrationMode::open},
     {"invitation", account::RegistrationMode::by_invitation},
     {"closed", account::RegistrationMode::closed}}
};
constexpr Words<PasswordRules, 3> password_words{
    {{"standard", PasswordRules::standard},
     {"nist", PasswordRules::nist},
     {"classes", PasswordRules::four_classes}}
};
constexpr Words<BreachSetting, 3> breach_words{
    {{"off", BreachSetting::off}, {"ask", BreachSetting::ask}, {"require", BreachSetting::require}}
};
constexpr Words<log::Level, 5> level_words{
    {{"debug", log::Level::debug},
     {"info", log::Level::info},
     {"warning", log::Level::warning},
     {"error", log::Level::error},
     {"off", log::Level::off}}
};
constexpr Words<log::Format, 2> format_words{{{"logfmt", log::Format::logfmt}, {"json", log::Format::json}}};

/// A row for a whole number; `Member` finds it in a Config.
template <auto Member, std::size_t Least, std::size_t Most>
constexpr Setting number(std::string_view name, std::string_view values, std::string_view summary) {
    return {
        name,
        SettingKind::single,
        values,
        summary,
        [](Config& config, const Texts& texts) -> Result<> {
            Result<std::size_t> value = parse_count(texts.front(), Least, Most);
            if (!value) {
                return propagate(value);
            }
            auto& member = Member(config);
            member = static_cast<std::remove_reference_t<decltype(member)>>(*value);
            return {};
        },
        [](const Config& config) { return std::to_string(Member(config)); },
    };
}

/// A row for one of the four lifetimes of a session.
template <session::Lifetime session::SessionPolicy::* Which, Duration session::Lifetime::* Limit>
constexpr Setting lifetime(std::string_view name, std::string_view summary) {
    return {
        name,
        SettingKind::single,
        "duration",
        summary,
        [](Config& config, const Texts& texts) {
            return store(config.session.*Which.*Limit, parse_duration(texts.front()));
        },
        [](const Config& config) { return in_quotes(to_duration_text(config.session.*Which.*Limit)); },
    };
}

using session::Lifetime;
using session::SessionPolicy;
using enum SettingKind;

constexpr std::array table{
    Setting{
        "listen",
        list,
        "list of address:port",
        "Where people and proxies connect. Anything but this machine's own addresses needs `public_url`.",
        read_listen,
        [](const Config& config) { return list_in_quotes(config.listen); },
    },
    Setting{
        "admin_listen",
        single,
        "address:port, or empty for off",
        "Where `/metrics` and `/readyz` answer. They ask for no password, so keep the address private; they "
        "answer to a Host that is an address or a name without a dot.",
        read_admin_listen,
        [](const Config& config) { return in_quotes(config.admin_listen); },
    },
    Setting{
        "public_url",
        single,
        "https origin; plain http for localhost only",
        "The one address that people see. Cookies, links, redirects and the accepted Host come from it. "
        "By default `http://localhost` with the first port of `listen`.",
        read_public_url,
        [](const Config& config) { return in_quotes(config.public_url.origin().text()); },
    },
    Setting{
        "data",
        single,
        "folder",
        "Holds the database, the control socket and, unless it is given elsewhere, the root secret.",
        read_data,
        [](const Config& config) { return in_quotes(config.data.string()); },
    },
    Setting{
        "secret",
        SettingKind::secret,
        "1 to 8 secrets, newest first, separated by spaces",
        "The root secret, from which every key is derived. By default it is made on the first start and kept "
        "in `data`. `openssl rand -base64 32` makes one.",
        read_secret,
        nullptr,
    },
    Setting{
        "secret_file",
        single,
        "file",
        "Where the root secret stands instead; only its owner may read it. A systemd credential named "
        "`cardea.secret` is found without this.",
        [](Config& config, const Texts& texts) -> Result<> {
            config.secret_file = texts.front();
            return {};
        },
        [](const Config& config) { return in_quotes(config.secret_file.string()); },
    },
    Setting{
        "registration",
        single,
        "open, invitation or closed",
        "Who may make an account. By default open where everything is on localhost, otherwise closed.",
        [](Config& config, const Texts& texts) {
            return store(config.registration, find_word(registration_words, texts.front()));
        },
        [](const Config& config) { return word_in_quotes(registration_words, config.registration); },
    },
    number<[](auto& config) -> auto& { return config.workers; }, 0, 1024>(
        "workers", "number; 0 for one per core", "Threads that serve connections."
    ),
    Setting{
        "limits.enabled",
        single,
        "true or false",
        "`false` takes away every limit on guessing. For load tests alone; the start says so in large "
        "letters.",
        [](Config& config, const Texts& texts) {
            return store(config.limits.enabled, parse_switch(texts.front()));
        },
        [](const Config& config) { return on_off(config.limits.enabled); },
    },
    number<[](auto& config) -> auto& { return config.limits.connections; }, 1, 1'000'000>(
        "limits.connections",
        "number",
        "Open connections in the process; a further one takes the place of one whose client keeps it "
        "waiting, and is answered 503 where there is none."
    ),
    number<[](auto& config) -> auto& { return config.limits.buffer_mib; }, 1, 1'000'000>(
        "limits.buffers",
        "MiB",
        "What all connections together may hold of long bodies and of answers that clients do not take; "
        "further bodies above 4 KiB are answered 503."
    ),
    Setting{
        "session.preset",
        single,
        "default, aal1, aal2 or aal3",
        "The lifetimes to start from: ours, or the bounds of an assurance level of NIST SP 800-63B-4.",
        read_preset,
        [](const Config& config) { return in_quotes(config.session_preset); },
    },
    lifetime<&SessionPolicy::browser_session, &Lifetime::idle>(
        "session.idle", "A session ends this long after its last request."
    ),
    lifetime<&SessionPolicy::browser_session, &Lifetime::absolute>(
        "session.absolute", "A session ends this long after sign-in, whatever happens."
    ),
    lifetime<&SessionPolicy::persistent, &Lifetime::idle>(
        "session.remember_idle", "As `session.idle`, for people who chose to stay signed in."
    ),
    lifetime<&SessionPolicy::persistent, &Lifetime::absolute>(
        "session.remember_absolute", "As `session.absolute`, for people who chose to stay signed in."
    ),
    Setting{
        "cookie.domain",
        single,
        "domain, or empty for this host alone",
        "Sends the session cookie to sibling hosts too. Each of them can then set it, so trust them all. "
        "Browsers take none for a public suffix, such as `co.uk`.",
        read_cookie_domain,
        [](const Config& config) { return in_quotes(config.cookie_domain); },
    },
    Setting{
        "proxy.trust",
        list,
        "list of addresses and networks",
        "The proxies whose word on the client's address is believed. Goes with `proxy.header`. Without it, "
        "all people behind a proxy share one limit on tries.",
        read_proxy_trust,
        [](const Config& config) { return list_in_quotes(config.proxy_trust_texts); },
    },
    Setting{
        "proxy.header",
        single,
        "header name",
        "The one header in which those proxies name the client: `X-Forwarded-For`, `Forwarded` ...",
        read_proxy_header,
        [](const Config& config) { return in_quotes(config.proxy.header); },
    },
    Setting{
        "password.policy",
        single,
        "standard, nist or classes",
        "`standard`: 12 characters, not guessable. `nist`: 15 characters, SP 800-63B-4 to the letter. "
        "`classes`: 12 characters of four classes.",
        [](Config& config, const Texts& texts) {
            return store(config.password.rules, find_word(password_words, texts.front()));
        },
        [](const Config& config) { return word_in_quotes(password_words, config.password.rules); },
    },
    Setting{
        "password.blocklist",
        single,
        "file, or empty for none",
        "Passwords that nobody may choose, beside the 49,000 that are built in: made by `cardea password "
        "filter build`, read at the start.",
        [](Config& config, const Texts& texts) -> Result<> {
            config.password.blocklist = texts.front();
            return {};
        },
        [](const Config& config) { return in_quotes(config.password.blocklist.string()); },
    },
    Setting{
        "password.breaches",
        single,
        "off, ask or require",
        "Asks Have I Been Pwned whether a new password stands in known breaches; it learns five of the forty "
        "digits of a hash. Where it cannot be asked, `ask` lets the password pass and `require` does not.",
        [](Config& config, const Texts& texts) {
            return store(config.password.breaches, find_word(breach_words, texts.front()));
        },
        [](const Config& config) { return word_in_quotes(breach_words, config.password.breaches); },
    },
    number<
        [](auto& config) -> auto& { return config.password.cost.memory_kib; },
        1,
        password::max_argon2_cost.memory_kib>(
        "password.memory",
        "KiB",
        "What one new Argon2id hash takes of memory; `cardea password calibrate` finds a value for a "
        "machine. People's hashes are made anew when they sign in."
    ),
    number<
        [](auto& config) -> auto& { return config.password.cost.iterations; },
        1,
        password::max_argon2_cost.iterations>(
        "password.iterations", "number", "How often a new hash goes over that memory."
    ),
    Setting{
        "password.pepper",
        single,
        "true or false",
        "`true` puts a key of the root secret to new hashes: a copy of the database alone is then worth "
        "nothing, and a root secret that is taken out locks out everybody who has not signed in since it was "
        "replaced.",
        [](Config& config, const Texts& texts) {
            return store(config.password.pepper, parse_switch(texts.front()));
        },
        [](const Config& config) { return on_off(config.password.pepper); },
    },
    Setting{
        "api_keys.prefix",
        single,
        "lower-case letters, digits and '_'",
        "What new API keys begin with, so that secret scanners know whose they are. Older keys go on "
        "working.",
        [](Config& config, const Texts& texts) -> Result<> {
            Result<apikey::ApiKeyPrefix> prefix = apikey::ApiKeyPrefix::parse(texts.front());
            if (!prefix) {
                return fail(Errc::config, "write 2 to 24 lower-case letters, digits and single '_'");
            }
            config.api_key_prefix = std::move(*prefix);
            return {};
        },
        [](const Config& config) { return in_quotes(config.api_key_prefix.text()); },
    },
    Setting{
        "api_keys.forward_auth",
        single,
        "true or false",
        "`true` lets requests with an API key pass `/auth/verify` and `/auth/forward`. For applications that "
        "read `X-Auth-Api-Key` and `X-Auth-Scopes`: to others, a key is its owner.",
        [](Config& config, const Texts& texts) {
            return store(config.api_keys_forward_auth, parse_switch(texts.front()));
        },
        [](const Config& config) { return on_off(config.api_keys_forward_auth); },
    },
    Setting{
        "fetch.allowed_networks",
        list,
        "list of addresses and networks",
        "Where requests to other servers may go beside public addresses, such as a provider in the intranet. "
        "Plain http goes to this machine alone, and only when it is named here.",
        read_fetch_networks,
        [](const Config& config) { return list_in_quotes(config.fetch_network_texts); },
    },
    Setting{
        "log.level",
        single,
        "debug, info, warning, error or off",
        "The least severe lines that are written.",
        [](Config& config, const Texts& texts) {
            return store(config.log.level, find_word(level_words, texts.front()));
        },
        [](const Config& config) { return word_in_quotes(level_words, config.log.level); },
    },
    Setting{
        "log.format",
        single,
        "logfmt or json",
        "`name=value` lines for people, or one JSON object per line.",
        [](Config& config, const Texts& texts) {
            return store(config.log.format, find_word(format_words, texts.front()));
        },
        [](const Config& config) { return word_in_quotes(format_words, config.log.format); },
    },
};

/// `name` with every '.' and '_' written as `separator`.
std::string joined(std::string_view name, char separator) {
    std::string out(name);
    std::ranges::replace_if(out, [](char c) { return c == '.' || c == '_'; }, separator);
    return out;
}

}  // namespace

std::span<const Setting> settings() noexcept {
    return table;
}

const Setting* find_setting(std::string_view name) noexcept {
    const auto found = std::ranges::find(table, name, &Setting::name);
    return found == table.end() ? nullptr : &*found;
}

std::string to_variable(std::string_view name) {
    std::string out = "CARDEA_" + joined(name, '_');
    std::ranges::transform(out, out.begin(), [](unsigned char c) {
        return static_cast<char>(std::toupper(c));
    });
    return out;
}

std::string to_flag(std::string_view name) {
    return "--" + joined(name, '-');
}

}  // namespace cardea::server
