// SPDX-License-Identifier: Apache-2.0
#include "cardea/identity/pages/problem_page.h"

#include "cardea/html/tags.h"
#include "cardea/identity/pages/layout.h"
#include "cardea/identity/pages/messages.h"

namespace cardea::identity {

std::string problem_page(const http::Request&, const web::ShownProblem& problem) {
    html::Node reference = problem.reference.empty()
                               ? html::Node()
                               : html::p(
                                     {.class_ = "muted"},
                                     messages.reference,
                                     ": ",
                                     html::code({.class_ = "reference"}, problem.reference)
                                 );
    html::Node card = html::section(
        {.class_ = "card"},
        html::h1(problem.title),
        html::p({.class_ = "lead"}, problem.detail),
        std::move(reference),
        html::div({.class_ = "actions"}, html::a({.class_ = "button quiet", .href = "/"}, messages.back_home))
    );
    return render_page({.title = problem.title, .viewer{}, .path{}}, std::move(card));
}

}  // namespace cardea::identity
