// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>

namespace cardea::web {

class App;

/// What run() does beside serving, for a program whose requests another server reads: keeps house once a
/// minute, on a thread of its own, and hears SIGTERM, SIGINT and SIGHUP.
///
///     const web::Housekeeping housekeeping(app, [] { server.stop(); });
///     server.listen();
class Housekeeping {
 public:
    /// Once made, those signals (stop_signals.h) do not end the program: the first one calls `on_end`, on the
    /// thread of this. The App is started and outlives it.
    Housekeeping(const App& app, std::function<void()> on_end);
    /// Writes what is left to write, for ten seconds at the most. Nothing is served any more by then.
    ~Housekeeping();
    Housekeeping(const Housekeeping&) = delete;
    Housekeeping& operator=(const Housekeeping&) = delete;

 private:
    class Loop;
    std::unique_ptr<Loop> loop_;
};

}  // namespace cardea::web
