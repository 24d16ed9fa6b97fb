// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace cardea::testing {

/// Another program, to be killed. It is killed and waited for at the latest when this goes.
class ChildProcess {
 public:
    /// Starts it with its standard output readable here; aborts the test program if that fails.
    explicit ChildProcess(const std::vector<std::string>& command);
    ~ChildProcess();
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    using OnLine = std::function<void(std::string_view)>;

    /// Passes on the lines that it prints until the time is over, or it ends.
    void read_lines(std::chrono::milliseconds until_over, const OnLine& on_line);
    /// The same until there were so many; gives up after two minutes.
    void read_lines(std::size_t count, const OnLine& on_line);

    /// SIGKILL, then the rest of what it had printed; half a line at the end is dropped.
    void kill(const OnLine& on_line);

    [[nodiscard]] pid_t id() const noexcept { return id_; }

 private:
    /// False at the end of its output.
    bool read_some(const OnLine& on_line);
    /// Waits for output until then and passes it on. False when there is no more.
    bool read_until(std::chrono::steady_clock::time_point end, const OnLine& on_line);

    pid_t id_ = -1;
    int output_ = -1;
    std::string line_;  ///< what came after the last line's end
};

}  // namespace cardea::testing
