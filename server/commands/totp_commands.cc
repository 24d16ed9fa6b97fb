// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/json_writer.h"
#include "cardea/otp/key_uri.h"
#include "cardea/otp/qr_code.h"
#include "server/commands/command_group.h"
#include "server/commands/commands.h"
#include "server/commands/input.h"
#include "server/commands/prompt.h"
#include "server/commands/time_option.h"

#include <map>
#include <optional>
#include <ostream>

namespace cardea::server {
namespace {

using std::chrono::seconds;

const std::map<std::string, crypto::HashAlgorithm> algorithms{
    {"SHA1", crypto::HashAlgorithm::sha1},
    {"SHA256", crypto::HashAlgorithm::sha256},
    {"SHA512", crypto::HashAlgorithm::sha512},
};

/// What the options of one command were given.
struct TotpOptions {
    std::string secret;  // for tests: other users of the machine see it
    std::string secret_file;
    otp::CodeFormat format;
    std::int64_t period = otp::Totp::usual_period.count();
    TimeOption time;
    unsigned window = 1;
    std::optional<otp::TimeStep> after;
    std::string issuer;
    std::string account = "account";
    bool as_svg = false;
};

/// The secret's text: an argument, a file's first line, or what is said at the prompt.
Result<SecretText> read_secret_text(const Shell& shell, const TotpOptions& options) {
    if (!options.secret.empty()) {
        return SecretText(options.secret);
    }
    if (options.secret_file.empty()) {
        return read_secret_line(shell.in(), shell.err(), "Secret: ");
    }
    Result<SecretText> file = read_secret_file(options.secret_file);
    if (!file) {
        return propagate(file);
    }
    const std::string_view text = file->expose();
    return SecretText(text.substr(0, text.find_first_of("\r\n")));
}

Result<otp::Totp> read_totp(const Shell& shell, const TotpOptions& options) {
    Result<SecretText> text = read_secret_text(shell, options);
    if (!text) {
        return propagate(text);
    }
    Result<otp::SharedSecret> secret = otp::SharedSecret::parse(text->expose(), Base32Reading::lenient);
    if (!secret) {
        return fail(Errc::config, "the secret, in base32, comes on standard input or in --secret-file");
    }
    if (!secret->is_safe()) {
        shell.err(
        ) << "cardea: warning: the secret has fewer than 128 bits; it can be found from a few codes\n";
    }
    return otp::Totp::make(std::move(*secret), options.format, seconds(options.period));
}

Result<SecretText> make_uri(const TotpOptions& options, const otp::SharedSecret& secret) {
    Result<SecretText> uri = otp::make_key_uri({
        .issuer = options.issuer,
        .account = options.account,
        .secret = secret.clone(),
        .format = options.format,
        .period = seconds(options.period),
    });
    if (!uri && uri.error().code == Errc::invalid) {
        return fail(Errc::config, "--issuer, --account: a name, and no ':' in it without an issuer");
    }
    return uri;
}

ExitStatus make_new(const Shell& shell, const TotpOptions& options) {
    SystemRandom random;
    const auto secret = otp::SharedSecret::make(random, options.format.algorithm);
    const Result<SecretText> uri = make_uri(options, secret);
    if (!uri) {
        return shell.fail_with(uri.error());
    }
    const SecretText text = secret.text();
    if (shell.as_json) {
        shell.print_json([&](JsonWriter& json) {
            json.member("secret", text.expose()).member("uri", uri->expose());
        });
    } else {
        shell.out() << text.expose() << '\n' << uri->expose() << '\n';
    }
    return ExitStatus::done;
}

ExitStatus show_code(const Shell& shell, const TotpOptions& options) {
    const Result<otp::Totp> totp = read_totp(shell, options);
    if (!totp) {
        return shell.fail_with(totp.error());
    }
    const Time now = options.time.now();
    const SecretText code = totp->code(now);
    shell.print(code.expose(), [&](JsonWriter& json) {
        const otp::TimeStep step = totp->step_at(now);
        json.member("code", code.expose()).member("step", step).member("valid_until", totp->end_of(step));
    });
    return ExitStatus::done;
}

ExitStatus verify(const Shell& shell, const TotpOptions& options) {
    const Result<otp::Totp> totp = read_totp(shell, options);
    if (!totp) {
        return shell.fail_with(totp.error());
    }
    const SecretText code = read_secret_line(shell.in(), shell.err(), "Code: ");
    const Result<otp::TimeStep> step =
        totp->verify(code.expose(), options.time.now(), options.after, options.window);
    if (!step) {
        return shell.refuse(step.error());
    }
    shell.print("right, of step " + std::to_string(*step), [&](JsonWriter& json) {
        json.member("valid", true).member("step", *step);
    });
    return ExitStatus::done;
}

ExitStatus draw(const Shell& shell, const TotpOptions& options) {
    const Result<otp::Totp> totp = read_totp(shell, options);
    if (!totp) {
        return shell.fail_with(totp.error());
    }
    const Result<SecretText> uri = make_uri(options, totp->secret());
    if (!uri) {
        return shell.fail_with(uri.error());
    }
    const Result<otp::QrCode> code = otp::QrCode::make(uri->expose());
    if (!code) {
        return shell.fail_with(code.error());
    }
    if (shell.as_json) {
        shell.print_json([&](JsonWriter& json) {
            json.member("uri", uri->expose()).member("svg", code->svg().expose());
        });
    } else if (options.as_svg) {
        shell.out() << code->svg().expose() << '\n';
    } else {
        shell.out() << code->terminal().expose();
    }
    return ExitStatus::done;
}

/// A command, and the options that several have.
struct TotpCommand : Command<TotpOptions> {
    explicit TotpCommand(Command<TotpOptions> added) : Command(std::move(added)) {
        app->add_option("--digits", options->format.digits, "6 to 8 (default: 6)")->check(CLI::Range(6, 8));
        app->add_option("--period", options->period, "How long a code lasts (default: 30)")
            ->type_name("SECONDS")
            ->check(CLI::Range(std::int64_t{1}, std::int64_t{otp::Totp::longest_period.count()}));
        app->add_option("--algorithm", options->format.algorithm, "SHA1 (default), SHA256 or SHA512")
            ->type_name("NAME")
            ->transform(CLI::Transformer(algorithms, CLI::ignore_case));
    }

    TotpCommand& takes_secret() {
        CLI::Option* secret = app->add_option(
            "--secret",
            options->secret,
            "The secret; for tests only: every user of the machine can see it here"
        );
        secret->type_name("BASE32");
        app->add_option("--secret-file", options->secret_file, "A file whose first line is the secret")
            ->type_name("FILE")
            ->excludes(secret);
        return *this;
    }
    TotpCommand& takes_time() {
        options->time.add_to(*app);
        return *this;
    }
    TotpCommand& takes_names() {
        app->add_option("--issuer", options->issuer, "The site, as the app shows it");
        app->add_option("--account", options->account, "The person's name there (default: account)");
        return *this;
    }
};

}  // namespace

void add_totp_commands(CLI::App& app, Shell& shell) {
    const CommandGroup group =
        CommandGroup(app, shell)
            .add_group(
                "totp", "Make and check one-time codes; the secret is the first line of standard input"
            );
    TotpCommand(group.add("new", "Make a secret, and the URI that brings it into an app", make_new))
        .takes_names();
    TotpCommand(group.add("code", "Print the code of a secret", show_code)).takes_secret().takes_time();
    TotpCommand verifying(group.add(
        "verify",
        "Verify the code in the line of standard input behind the secret (exit 1: not right)",
        verify
    ));
    verifying.takes_secret().takes_time();
    verifying.app
        ->add_option("--window", verifying.options->window, "Steps before and after that count (default: 1)")
        ->check(CLI::Range(0U, otp::max_window));
    verifying.app
        ->add_option(
            "--after", verifying.options->after, "The step that was accepted last: refuse it and older"
        )
        ->type_name("STEP");
    TotpCommand drawing(group.add("qr", "Draw the QR code that an app scans, in the terminal", draw));
    drawing.takes_secret().takes_names();
    drawing.app->add_flag("--svg", drawing.options->as_svg, "As an SVG picture");
}

}  // namespace cardea::server
