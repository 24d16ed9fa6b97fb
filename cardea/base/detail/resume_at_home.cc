// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/detail/resume_at_home.h"

#include <vector>

namespace cardea::detail {
namespace {

namespace asio = boost::asio;

/// Says of its event loop when it goes: shutdown() runs first thing in the destructor of an io_context, ahead
/// of the older services that take posted work.
class HomeService final : public asio::execution_context::service {
 public:
    static asio::execution_context::id id;

    explicit HomeService(asio::execution_context& context) : service(context) {}

    [[nodiscard]] const std::shared_ptr<Home>& home() const noexcept { return home_; }

 private:
    void shutdown() noexcept override {
        const std::lock_guard lock(home_->mutex);
        home_->is_there = false;
    }

    std::shared_ptr<Home> home_ = std::make_shared<Home>();
};

asio::execution_context::id HomeService::id;

}  // namespace

std::shared_ptr<Home> home_of(asio::execution_context& context) {
    return asio::use_service<HomeService>(context).home();
}

void keep_for_ever(std::shared_ptr<void> stranded) {
    // Never destroyed, and found by leak checkers: at the end of the program nothing of it is safe to touch.
    static std::mutex mutex;
    static auto& all = *new std::vector<std::shared_ptr<void>>;
    const std::lock_guard lock(mutex);
    all.push_back(std::move(stranded));
}

}  // namespace cardea::detail
