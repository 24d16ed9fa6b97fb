// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/detail/refusal_lines.h"

#include "cardea/http/address.h"
#include "cardea/log/log.h"

#include <utility>

namespace cardea::web::detail {
namespace {

constexpr std::size_t remembered_causes = 16'384;
constexpr Duration between_reports = std::chrono::minutes(1);

}  // namespace

RefusalLines::RefusalLines(const Clock& clock, Random& random)
    : clock_(clock),
      refusals_(random.secret<16>(), ratelimit::Quota(told_refusals), remembered_causes),
      all_(random.secret<16>(), ratelimit::Quota(told_refusals_of_all), 1) {}

bool RefusalLines::is_one_too_many(Errc code, std::string_view client_address) {
    const Time now = clock_.now();
    const std::string cause = ratelimit::make_key(name(code), http::limit_key(client_address));
    const auto allows = [now](ratelimit::MemoryLimiter& limiter, std::string_view key) {
        return limiter.take(key, now).value_or(ratelimit::Decision()).allowed;  // memory always answers
    };
    const bool is_left_out = (code != Errc::internal && !allows(refusals_, cause)) || !allows(all_, "all");
    if (const std::uint64_t lines = take_report(is_left_out, now); lines > 0) {
        log::warning("request.refusals_left_out", {{"lines", lines}});
    }
    return is_left_out;
}

std::uint64_t RefusalLines::take_report(bool is_left_out, Time now) {
    const std::lock_guard lock(mutex_);
    left_out_ += is_left_out ? 1 : 0;
    if (left_out_ == 0 || now < next_report_) {
        return 0;
    }
    next_report_ = now + between_reports;
    return std::exchange(left_out_, 0);
}

}  // namespace cardea::web::detail
