// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace cardea::http {

/// Where to send the user next: `next` itself when it is a path on this origin that every program reads the
/// same way, else "/". Never another origin: "//evil.test", "/\evil.test" and "/%09/evil.test" become "/".
///
/// With a `cookie_domain` ("example.com"), whose hosts share our session anyway, an absolute https URL on
/// that domain or below it, on the default port, is taken too.
[[nodiscard]] std::string safe_next(std::string_view next, std::string_view cookie_domain = {});

}  // namespace cardea::http
