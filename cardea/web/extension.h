// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"
#include "cardea/web/setup.h"

namespace cardea::web {

class App;

/// A part of a program with middleware and routes of its own, which can only be made when it is known where
/// the program is reached: `app.use(accounts({...}))`.
class Extension {
 public:
    virtual ~Extension() = default;

    /// Adds them, once, at the beginning of App::start(). Errc::config with a sentence that says what to
    /// change. It may block.
    [[nodiscard]] virtual Result<> join(App& app, const Setup& setup) = 0;
};

}  // namespace cardea::web
