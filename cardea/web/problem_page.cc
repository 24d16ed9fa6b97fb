// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/problem_page.h"

#include "cardea/html/layout.h"
#include "cardea/html/tags.h"

#include <utility>

namespace cardea::web {

std::string plain_problem_page(const http::Request&, const ShownProblem& problem) {
    std::vector<html::Node> mistakes;
    for (const FieldError& error : problem.errors) {
        const std::string field = error.loc.empty() ? std::string() : error.loc.back();
        mistakes.push_back(html::li(html::strong(field), ": ", error.msg));
    }
    html::Node reference =
        problem.reference.empty() ? html::Node() : html::p("Reference: ", problem.reference);
    return html::render(html::layouts::plain(
        problem.title,
        html::h1(problem.title),
        html::p(problem.detail),
        mistakes.empty() ? html::Node() : html::ul(std::move(mistakes)),
        std::move(reference)
    ));
}

}  // namespace cardea::web
