// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/web/detail/session_keeper.h"
#include "cardea/web/detail/session_text.h"

#include <memory>
#include <optional>

namespace cardea::web {

/// Sessions whose data is the cookie's value. Nothing here ever waits.
class CookieSessions final : public SessionKeeper, public Session::Finder {
 public:
    using SessionKeeper::SessionKeeper;

    [[nodiscard]] Result<> start(Setup& setup) override;
    [[nodiscard]] bool prepare_at_once(Request& request) override;
    void after(Request& request, http::Response& response) override;

    [[nodiscard]] std::optional<FoundSession> find(std::string_view cookie) const override;

 private:
    [[nodiscard]] bool is_due(const Session& session) const;
    void write(Request& request, http::Response& response, detail::SessionChange change) const;
    [[nodiscard]] Result<> start_python_codec();

    std::unique_ptr<const SessionCodec> codec_;
};

}  // namespace cardea::web
