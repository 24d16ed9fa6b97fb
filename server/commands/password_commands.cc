// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/json_writer.h"
#include "cardea/password/calibrate.h"
#include "cardea/password/hasher.h"
#include "cardea/password/stored_hash.h"
#include "cardea/password/strength.h"
#include "server/commands/command_group.h"
#include "server/commands/commands.h"
#include "server/commands/input.h"
#include "server/commands/prompt.h"
#include "server/config/passwords.h"
#include "server/config/settings.h"
#include "server/control/records_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <fstream>
#include <ostream>
#include <sstream>

namespace cardea::server {
namespace {

/// What the options of one command were given.
struct PasswordOptions {
    std::string scheme = "argon2id";
    std::string hash;
    std::vector<std::string> context;
    std::string target = "250ms";
    std::string file;
};

Result<password::Password> read_password(const Shell& shell, const std::string& prompt) {
    const SecretText text = read_secret_line(shell.in(), shell.err(), prompt);
    return password::Password::parse(text.expose());
}

ExitStatus hash(Shell& shell, const PasswordOptions& options) {
    const Result<SecretText> text = shell.read_new_password();
    if (!text) {
        return shell.fail_with(text.error());
    }
    const Result<password::Password> password = password::Password::parse(text->expose());
    if (!password) {
        return shell.fail_with(password.error());
    }
    SystemRandom random;
    const password::PasswordHasher hasher(
        {.schemes = {password::find_scheme(options.scheme).value_or(password::Scheme::argon2id)}}
    );
    const Result<std::string> made = hasher.hash(*password, random);
    if (!made) {
        return shell.fail_with(made.error());
    }
    shell.print(*made, [&](JsonWriter& json) { json.member("hash", *made); });
    return ExitStatus::done;
}

ExitStatus verify(Shell& shell, const PasswordOptions& options) {
    const password::PasswordHasher hasher;
    if (const Result<> accepted = hasher.accepts(options.hash); !accepted) {
        return shell.fail_with(accepted.error());
    }
    const Result<password::Password> password = read_password(shell, "Password: ");
    if (!password) {
        return shell.fail_with(password.error());
    }
    SystemRandom random;
    const Result<password::PasswordMatch> match = hasher.verify(*password, options.hash, random);
    if (!match && match.error().code != Errc::credentials_wrong) {
        return shell.fail_with(match.error());
    }
    const std::string better = match ? match->better_hash : std::string();
    const std::string text = !match ? "wrong" : better.empty() ? "right" : "right; better: " + better;
    shell.print(text, [&](JsonWriter& json) {
        if (!match) {
            write_refusal(json, match.error());
            return;
        }
        json.member("valid", true);
        if (!better.empty()) {
            json.member("better_hash", better);
        }
    });
    return match ? ExitStatus::done : ExitStatus::failed;
}

ExitStatus identify(Shell& shell, const PasswordOptions&) {
    const Result<SecretText> stored = read_input(shell.in());
    if (!stored) {
        return shell.fail_with(stored.error());
    }
    const Result<password::HashFacts> facts = password::identify(stored->expose());
    if (!facts) {
        return shell.fail_with(facts.error());
    }
    const bool is_old = password::PasswordHasher().needs_rehash(stored->expose());
    const std::string pepper = facts->pepper_key.empty() ? "" : ", pepper " + facts->pepper_key;
    const std::string text = fmt::format(
        "{} ({}), {}{}{}",
        name(facts->scheme),
        facts->form,
        facts->cost,
        pepper,
        is_old ? ", made anew at sign-in" : ""
    );
    shell.print(text, [&](JsonWriter& json) {
        json.member("scheme", name(facts->scheme)).member("form", facts->form).member("cost", facts->cost);
        json.member("pepper_key", facts->pepper_key).member("needs_rehash", is_old);
    });
    return ExitStatus::done;
}

/// Whether the server would let somebody choose a password.
void tell_choice(const Shell& shell, const Result<>& accepted, const password::Strength& strength) {
    const std::string detail = accepted ? "" : accepted.error().context;
    const std::string text = fmt::format(
        "{}{}{} (strength {} of 4)",
        accepted ? "accepted" : name(accepted.error().code),
        detail.empty() ? "" : ": ",
        detail,
        strength.score
    );
    shell.print(text, [&](JsonWriter& json) {
        if (accepted) {
            json.member("valid", true);
        } else {
            write_refusal(json, accepted.error());
        }
        json.member("score", std::int64_t{strength.score});
    });
}

ExitStatus check(Shell& shell, const PasswordOptions& options) {
    const std::optional<LoadedConfig> loaded = shell.load();
    if (!loaded) {
        return ExitStatus::usage;
    }
    const Result<password::Password> password = read_password(shell, "Password: ");
    if (!password) {
        return shell.fail_with(password.error());
    }
    const Result<account::PasswordDeskOptions> demands = make_password_desk_options(loaded->config);
    if (!demands) {
        return shell.fail_with(demands.error());
    }
    std::vector<std::string_view> words(options.context.begin(), options.context.end());
    words.insert(words.end(), demands->site_words.begin(), demands->site_words.end());
    const Result<> accepted = password::check_password(
        *password, demands->policy, {.words = words, .further = demands->blocklist.get()}
    );
    if (!accepted && !password::is_policy_refusal(accepted.error().code)) {
        return shell.fail_with(accepted.error());
    }
    tell_choice(shell, accepted, password::estimate_strength(*password, words));
    return accepted ? ExitStatus::done : ExitStatus::failed;
}

/// "250ms", or whole seconds: "1s".
Result<Duration> parse_target(std::string_view text) {
    constexpr std::int64_t longest = 60'000;
    const bool is_milliseconds = text.ends_with("ms");
    const bool is_seconds = !is_milliseconds && text.ends_with('s');
    const std::string_view digits = text.substr(0, text.size() - (is_milliseconds ? 2 : is_seconds ? 1 : 0));
    std::int64_t count = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), count);
    const bool is_number = read.ec == std::errc() && read.ptr == digits.data() + digits.size();
    const std::int64_t milliseconds = is_seconds && count <= longest ? count * 1000 : count;
    if (!is_number || !(is_milliseconds || is_seconds) || milliseconds < 1 || milliseconds > longest) {
        return fail(
            Errc::config, "--target: write milliseconds or seconds up to a minute, such as 250ms or 1s"
        );
    }
    return Duration(milliseconds);
}

/// The shorter of two hashes: what else the machine does only ever adds to it.
Duration measure(const password::Argon2Cost& cost) {
    using std::chrono::steady_clock;
    const password::PasswordHasher hasher({.argon2 = cost});
    const password::Password password = password::Password::parse("tangerine parasol 42").value();
    SystemRandom random;
    auto shortest = steady_clock::duration::max();
    for (int i = 0; i < 2; ++i) {
        const auto start = steady_clock::now();
        std::ignore =
            hasher.hash(password, random);  // without memory, it takes no time, and the next is less
        shortest = std::min(shortest, steady_clock::now() - start);
    }
    return std::chrono::ceil<Duration>(shortest);
}

ExitStatus calibrate(Shell& shell, const PasswordOptions& options) {
    const Result<Duration> target = parse_target(options.target);
    if (!target) {
        return shell.fail_with(target.error());
    }
    const password::Calibration found = password::calibrate(*target, measure);
    const std::string text = fmt::format(
        "# One hash takes {} ms here{}.\n[password]\nmemory = {}\niterations = {}",
        found.takes.count(),
        found.is_within_target ? "" : ", which is more than the target, but less would not be safe",
        found.cost.memory_kib,
        found.cost.iterations
    );
    shell.print(text, [&](JsonWriter& json) {
        json.member("memory", std::int64_t{found.cost.memory_kib});
        json.member("iterations", std::int64_t{found.cost.iterations});
        json.member("milliseconds", std::int64_t{found.takes.count()});
        json.member("within_target", found.is_within_target);
    });
    return ExitStatus::done;
}

ExitStatus build_filter(Shell& shell, const PasswordOptions& options) {
    std::ostringstream list;
    list << shell.in().rdbuf();
    const Result<password::BuiltBlocklist> built = password::build_blocklist(list.view());
    if (!built) {
        return shell.fail_with(built.error());
    }
    if (std::filesystem::exists(options.file)) {
        return shell.fail_with(Error{Errc::io, options.file + " is there already", {}, {}});
    }
    std::ofstream out(options.file, std::ios::binary);
    out << as_text(built->file) << std::flush;
    if (!out) {
        return shell.fail_with(Error{Errc::io, options.file + " cannot be written", {}, {}});
    }
    const std::string text = fmt::format(
        "{}: {} passwords in {} bytes; {} lines were none",
        options.file,
        built->entries,
        built->file.size(),
        built->skipped
    );
    shell.print(text, [&](JsonWriter& json) {
        json.member("file", options.file).member("passwords", static_cast<std::int64_t>(built->entries));
        json.member("skipped", static_cast<std::int64_t>(built->skipped));
    });
    return ExitStatus::done;
}

std::vector<std::string> new_scheme_names() {
    std::vector<std::string> names;
    for (const password::Scheme scheme : password::all_schemes) {
        if (password::is_for_new_hashes(scheme)) {
            names.emplace_back(name(scheme));
        }
    }
    return names;
}

void add_check_command(const CommandGroup& group, Shell& shell) {
    const auto [command, options] = group.add(
        "check", "Tell whether the server would let somebody choose a password (exit 1: no)", check
    );
    for (const std::string_view setting : {"password.policy", "password.blocklist"}) {
        command
            ->add_option(to_flag(setting), shell.flags[setting], std::string(find_setting(setting)->summary))
            ->type_name("VALUE")
            ->expected(1);
    }
    command
        ->add_option("--context", options->context, "What is known of the person: name, e-mail address ...")
        ->type_name("WORD");
}

}  // namespace

void add_password_commands(CLI::App& app, Shell& shell) {
    const CommandGroup group = CommandGroup(app, shell)
                                   .add_group(
                                       "password",
                                       "Hash, verify and judge passwords; they come from a prompt or the "
                                       "first line of standard input"
                                   );
    const auto [hashing, hashed] = group.add("hash", "Hash a password", hash);
    hashing->add_option("--scheme", hashed->scheme, "How (default: argon2id)")
        ->check(CLI::IsMember(new_scheme_names()));
    const auto [verifying, verified] =
        group.add("verify", "Compare a password with a hash (exit 1: wrong)", verify);
    verifying
        ->add_option(
            "--hash",
            verified->hash,
            "The stored hash; every user of the machine can see it here while this runs"
        )
        ->required();
    group.add("identify", "Tell the scheme and cost of the hash on standard input", identify);
    add_check_command(group, shell);
    const auto [calibrating, calibrated] =
        group.add("calibrate", "Find what a hash may cost on this machine", calibrate);
    calibrating->add_option("--target", calibrated->target, "How long one may take (default: 250ms)")
        ->type_name("TIME");

    const CommandGroup filter = group.add_group("filter", "Make blocklists");
    const auto [building, built] =
        filter.add("build", "Make a blocklist from passwords on standard input, one a line", build_filter);
    building->add_option("FILE", built->file, "Where to write it; for the setting password.blocklist")
        ->required();
}

}  // namespace cardea::server
