// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/errc.h"
#include "cardea/session/subject.h"

#include <memory>
#include <optional>
#include <string>

namespace cardea::testing {

struct Person final : session::Subject {
    std::string name = "Ada";
};

/// Makes the same person of every session, or fails as it was told to.
class People final : public session::SubjectLoader {
 public:
    Task<Result<std::shared_ptr<const session::Subject>>> load(const session::SessionRecord&) override {
        if (failure) {
            co_return fail(*failure);
        }
        co_return std::make_shared<const Person>();
    }

    std::optional<Errc> failure;
};

}  // namespace cardea::testing
