// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/route.h"

#include "cardea/base/assert.h"
#include "cardea/web/request.h"
#include "cardea/web/router.h"

#include <algorithm>

namespace cardea::web {

Route::Route(http::Method method, std::string pattern, std::vector<Guard> guards, Handler handler)
    : method_(method),
      pattern_(std::move(pattern)),
      param_names_(parse_pattern(pattern_).value_or(std::vector<std::string>())),
      guards_(std::move(guards)),
      handler_(std::move(handler)) {}

const Guard* Route::find_guard(bool (*is_it)(const Guard&) noexcept) const noexcept {
    const auto found = std::ranges::find_if(guards_, is_it);
    return found != guards_.end() ? &*found : nullptr;
}

Result<> Route::start_guards(Setup& setup) const {
    for (const Guard& guard : guards_) {
        if (Result<> started = guard.start(setup); !started) {
            return propagate(started);
        }
    }
    return {};
}

bool Route::needs_sign_in() const noexcept {
    return std::ranges::any_of(guards_, &Guard::does_refuse_nobody);
}

Route& Route::summary(std::string text) {
    summary_ = std::move(text);
    return *this;
}

Route& Route::tag(std::string text) {
    tag_ = std::move(text);
    return *this;
}

Route& Route::takes(std::string schema) {
    takes_ = std::move(schema);
    return *this;
}

Route& Route::answers(http::Status status, std::string description, std::string schema) {
    answers_.emplace_back(status, std::move(description), std::move(schema));
    return *this;
}

Route& Route::answers_empty(http::Status status, std::string description) {
    answers_.emplace_back(status, std::move(description), std::string(), false);
    return *this;
}

Route& Route::answer_header(std::string name, std::string description) {
    CARDEA_ASSERT(!answers_.empty());
    answers_.back().headers.emplace_back(std::move(name), std::move(description));
    return *this;
}

Route& Route::operation_id(std::string id) {
    operation_id_ = std::move(id);
    return *this;
}

Route& Route::anonymous() {
    anonymous_ = true;
    return *this;
}

Route& Route::ignoring_credential_errors() {
    ignores_credential_errors_ = true;
    return *this;
}

Route& Route::accepts_headerless_clients() {
    headerless_ = true;
    return *this;
}

Route& Route::hidden() {
    hidden_ = true;
    return *this;
}

}  // namespace cardea::web
