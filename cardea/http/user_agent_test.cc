// SPDX-License-Identifier: Apache-2.0
#include "cardea/http/user_agent.h"

#include <gtest/gtest.h>

namespace cardea::http {
namespace {

TEST(UserAgent, is_described_in_our_own_words) {
    struct Case {
        std::string_view header;
        std::string_view words;
    };
    for (const auto& [header, words] :
         {Case{
              "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0",
              "Firefox on Windows"
          },
          Case{
              "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 "
              "Mobile Safari/537.36",
              "Chrome on Android"
          },
          Case{
              "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
              "Chrome/142.0.0.0 "
              "Safari/537.36 Edg/142.0.0.0",
              "Edge on Windows"
          },
          Case{
              "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) "
              "Version/18.0 "
              "Safari/605.1.15",
              "Safari on macOS"
          },
          Case{
              "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like "
              "Gecko) "
              "CriOS/142.0 Mobile/15E148 Safari/604.1",
              "Chrome on iPhone"
          },
          Case{
              "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36",
              "Chrome on ChromeOS"
          },
          Case{"Mozilla/5.0 (X11; Linux x86_64)", "Browser on Linux"},
          Case{"curl/7.88.1", "curl"},
          Case{"python-requests/2.28.1", "Python"},
          Case{"node", "Node.js"},
          Case{"", "Unknown device"},
          Case{"<script>alert(1)</script>", "Unknown device"}}) {
        EXPECT_EQ(describe_user_agent(header), words) << header;
    }
}

}  // namespace
}  // namespace cardea::http
