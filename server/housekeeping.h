// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/task.h"

namespace cardea::server {

class Runtime;

/// What a running server does on its own: writes when sessions were last seen (every minute), removes what
/// has expired in bounded steps (every minute), writes the head of the audit log to the ordinary log (every
/// hour), and checks the database once after an unclean stop. Runs on `context` until that is stopped.
void start_housekeeping(boost::asio::io_context& context, Runtime& runtime);

}  // namespace cardea::server
