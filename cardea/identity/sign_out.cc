// SPDX-License-Identifier: Apache-2.0
#include "cardea/identity/sign_out.h"

namespace cardea::identity {

Task<http::Response> sign_out(const Services& services, web::Request& request, http::Response answer) {
    if (request.account_session() != nullptr) {
        session::SessionRecord session = request.account_session()->record();
        account::RequestFacts facts = facts_of(request, services.cookies);
        Result<> done = co_await services.accounts.sign_out(std::move(session), std::move(facts));
        if (!done) {
            co_return request.refuse(std::move(done).error());
        }
    }
    services.cookies.sign_out(answer, request);
    co_return answer;
}

}  // namespace cardea::identity
