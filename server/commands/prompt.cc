// SPDX-License-Identifier: Apache-2.0
#include "server/commands/prompt.h"

#include <array>
#include <csignal>
#include <istream>
#include <ostream>
#include <termios.h>
#include <tuple>
#include <unistd.h>

namespace cardea::server {
namespace {

constexpr std::array ending_signals{SIGINT, SIGTERM, SIGHUP, SIGQUIT};

/// How the terminal was before a prompt: a variable, since a handler of signals is given nothing.
termios terminal_before{};

/// Whoever ends a prompt with ^C gets a terminal back that shows what is typed.
extern "C" void restore_terminal(int signal) {
    ::tcsetattr(STDIN_FILENO, TCSANOW, &terminal_before);
    // Once we return, and then as if nobody had handled it: SA_RESETHAND.
    std::ignore = ::raise(signal);
}

/// Keeps the terminal from showing what is typed. One at a time.
class NoEcho {
 public:
    NoEcho() noexcept {
        if (::tcgetattr(STDIN_FILENO, &terminal_before) != 0) {
            return;
        }
        handle_signals();
        termios silent = terminal_before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
        changed_ = true;
    }
    ~NoEcho() {
        if (changed_) {
            ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &terminal_before);
            for (std::size_t i = 0; i < ending_signals.size(); ++i) {
                ::sigaction(ending_signals[i], &handlers_before_[i], nullptr);
            }
            ::sigaction(SIGTSTP, &stop_before_, nullptr);
        }
    }
    NoEcho(const NoEcho&) = delete;
    NoEcho& operator=(const NoEcho&) = delete;

 private:
    void handle_signals() noexcept {
        struct sigaction restoring{};
        restoring.sa_handler = restore_terminal;
        restoring.sa_flags = static_cast<int>(SA_RESETHAND);
        for (std::size_t i = 0; i < ending_signals.size(); ++i) {
            ::sigaction(ending_signals[i], nullptr, &handlers_before_[i]);
            if (handlers_before_[i].sa_handler != SIG_IGN) {
                ::sigaction(ending_signals[i], &restoring, nullptr);
            }
        }
        struct sigaction ignoring{};
        ignoring.sa_handler = SIG_IGN;  // ^Z would leave the shell without echo
        ::sigaction(SIGTSTP, &ignoring, &stop_before_);
    }

    std::array<struct sigaction, ending_signals.size()> handlers_before_{};
    struct sigaction stop_before_{};
    bool changed_ = false;
};

SecretText read_line(std::istream& in) {
    std::string line;
    constexpr std::size_t usual_length = 256;
    line.reserve(usual_length);  // growing would leave copies behind
    std::getline(in, line);
    SecretText text(line);
    wipe(line.data(), line.size());
    return text;
}

SecretText ask_silently(std::istream& in, std::ostream& err, std::string_view prompt) {
    const NoEcho no_echo;
    err << prompt << std::flush;
    SecretText text = read_line(in);
    err << '\n';
    return text;
}

}  // namespace

bool is_terminal() noexcept {
    return ::isatty(STDIN_FILENO) == 1;
}

Result<SecretText> read_new_password(std::istream& in, std::ostream& err) {
    const bool asks = is_terminal();
    SecretText password = asks ? ask_silently(in, err, "New password: ") : read_line(in);
    if (password.empty()) {
        return fail(Errc::io, "give the password at the prompt or as the first line of standard input");
    }
    if (asks && !constant_time_equal(password, ask_silently(in, err, "Once more: "))) {
        return fail(Errc::io, "the two passwords differ");
    }
    return password;
}

SecretText read_secret_line(std::istream& in, std::ostream& err, const std::string& prompt) {
    return is_terminal() ? ask_silently(in, err, prompt) : read_line(in);
}

bool confirm(std::istream& in, std::ostream& err, const std::string& question, const std::string& word) {
    if (!is_terminal()) {
        return false;
    }
    err << question << std::flush;
    std::string answer;
    std::getline(in, answer);
    return answer == word;
}

}  // namespace cardea::server
