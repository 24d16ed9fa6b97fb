// SPDX-License-Identifier: Apache-2.0
#include "server/commands/prompt.h"

#include <istream>
#include <ostream>
#include <termios.h>
#include <unistd.h>

namespace cardea::server {
namespace {

/// Keeps the terminal from showing what is typed.
class NoEcho {
 public:
    NoEcho() noexcept {
        if (::tcgetattr(STDIN_FILENO, &before_) == 0) {
            termios silent = before_;
            silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
            changed_ = ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0;
        }
    }
    ~NoEcho() {
        if (changed_) {
            ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
        }
    }
    NoEcho(const NoEcho&) = delete;
    NoEcho& operator=(const NoEcho&) = delete;

 private:
    termios before_{};
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
