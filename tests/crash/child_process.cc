// SPDX-License-Identifier: Apache-2.0
#include "tests/crash/child_process.h"

#include "cardea/base/assert.h"

#include <array>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace cardea::testing {

namespace {

using Clock = std::chrono::steady_clock;

std::vector<char*> arguments(const std::vector<std::string>& command) {
    std::vector<char*> out;
    for (const std::string& argument : command) {
        out.push_back(const_cast<char*>(argument.c_str()));  // posix_spawn takes char*, and does not write
    }
    out.push_back(nullptr);
    return out;
}

}  // namespace

ChildProcess::ChildProcess(const std::vector<std::string>& command) {
    std::array<int, 2> ends{};
    CARDEA_ASSERT(::pipe2(ends.data(), O_CLOEXEC) == 0);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    std::vector<char*> argv = arguments(command);
    const int spawned = ::posix_spawn(&id_, argv[0], &actions, nullptr, argv.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    output_ = ends[0];
    CARDEA_ASSERT(spawned == 0);
}

ChildProcess::~ChildProcess() {
    kill([](std::string_view) {});
    ::close(output_);
}

void ChildProcess::read_lines(std::chrono::milliseconds until_over, const OnLine& on_line) {
    const Clock::time_point end = Clock::now() + until_over;
    while (read_until(end, on_line)) {
    }
}

void ChildProcess::read_lines(std::size_t count, const OnLine& on_line) {
    std::size_t lines = 0;
    const auto counting = [&](std::string_view line) {
        ++lines;
        on_line(line);
    };
    const Clock::time_point end = Clock::now() + std::chrono::minutes(2);
    while (lines < count && read_until(end, counting)) {
    }
}

void ChildProcess::kill(const OnLine& on_line) {
    if (id_ < 0) {
        return;
    }
    ::kill(id_, SIGKILL);
    ::waitpid(id_, nullptr, 0);
    id_ = -1;
    while (read_some(on_line)) {
    }
}

bool ChildProcess::read_until(Clock::time_point end, const OnLine& on_line) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now());
    pollfd waiting{output_, POLLIN, 0};
    return left.count() > 0 && ::poll(&waiting, 1, static_cast<int>(left.count())) > 0 && read_some(on_line);
}

bool ChildProcess::read_some(const OnLine& on_line) {
    std::array<char, 65536> buffer;
    const ssize_t size = ::read(output_, buffer.data(), buffer.size());
    if (size <= 0) {
        return false;
    }
    line_.append(buffer.data(), static_cast<std::size_t>(size));
    std::size_t begin = 0;
    for (std::size_t end = line_.find('\n'); end != std::string::npos; end = line_.find('\n', begin)) {
        on_line(std::string_view(line_).substr(begin, end - begin));
        begin = end + 1;
    }
    line_.erase(0, begin);
    return true;
}

}  // namespace cardea::testing
