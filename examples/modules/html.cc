// SPDX-License-Identifier: Apache-2.0
#include "cardea/html/layout.h"
#include "cardea/html/tags.h"

#include <iostream>
#include <string>
#include <vector>

using namespace cardea;

namespace {

// [page]
struct Book {
    std::string title;
    std::string link;
};

html::Node book_row(const Book& book) {
    return html::tr(html::td(html::a({.href = book.link}, book.title)));
}

std::string books_page(const std::vector<Book>& books) {
    std::vector<html::Node> rows;
    for (const Book& book : books) {
        rows.push_back(book_row(book));
    }
    return html::render(html::layouts::plain(
        "Books",
        html::h1("Books"),
        books.empty() ? html::p("None yet.") : html::table(html::tbody(std::move(rows)))
    ));
}
// [/page]

}  // namespace

int main() {
    const std::string page = books_page({
        {.title = "Tom & Jerry <script>alert(1)</script>", .link = "/books/1"},
        {.title = "A trap", .link = "javascript:alert(1)"},
    });
    std::cout << page << '\n';

    const bool is_right =
        page.contains(R"(<a href="/books/1">Tom &amp; Jerry &lt;script&gt;alert(1)&lt;/script&gt;</a>)") &&
        page.contains(R"(<a href="about:invalid">A trap</a>)") && !page.contains("<script");
    return is_right ? 0 : 1;
}
