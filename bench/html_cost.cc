// SPDX-License-Identifier: Apache-2.0
// What a page costs that is written with tags, beside the same bytes put together by hand: with fmt and an
// escaping function, and with nothing but append. A form of some sixty elements, and a table of a thousand
// rows; time and allocations.
#include "cardea/html/escape.h"
#include "cardea/html/layout.h"
#include "cardea/html/tags.h"

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <array>
#include <cstdlib>
#include <iterator>
#include <new>
#include <string>
#include <vector>

namespace {

// NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): operator new has no other place.
std::int64_t allocations = 0;

}  // namespace

void* operator new(std::size_t size) {
    ++allocations;
    if (void* memory = std::malloc(size)) {
        return memory;
    }
    throw std::bad_alloc();
}

void operator delete(void* memory) noexcept {
    std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}

namespace cardea::html {
namespace {

struct Field {
    std::string label;
    std::string name;
    std::string value;
};

struct Person {
    std::string number;
    std::string name;
    std::string email;
    std::string link;
};

std::vector<Field> make_fields() {
    std::vector<Field> fields;
    for (int number = 1; number <= 12; ++number) {
        const std::string text = std::to_string(number);
        fields.push_back({"Setting <" + text + ">", "setting_" + text, "a value with \"quotes\" & more"});
    }
    return fields;
}

std::vector<Person> make_people() {
    std::vector<Person> people;
    for (int number = 1; number <= 1000; ++number) {
        const std::string text = std::to_string(number);
        people.push_back(
            {text,
             "Ada Lovelace & Daughters, No. " + text,
             "ada" + text + "@example.com",
             "/people/" + text + "?tab=a&b=c"}
        );
    }
    return people;
}

const std::vector<Field> fields = make_fields();
const std::vector<Person> people = make_people();

// Tags.

Node field_with_tags(const Field& field) {
    return div(
        {.class_ = "field"},
        label({.for_ = field.name}, field.label),
        input({.id = field.name, .name = field.name, .required = true, .type = "text", .value = field.value}),
        small("What ", field.name, " is for")
    );
}

std::string form_with_tags() {
    std::vector<Node> controls;
    controls.reserve(fields.size());
    for (const Field& field : fields) {
        controls.push_back(field_with_tags(field));
    }
    return render(layouts::plain(
        "Settings",
        header(nav(ul(li(a({.href = "/"}, "Home")), li(a({.href = "/settings"}, "Settings"))))),
        h1("Settings"),
        form({.action = "/settings", .method = "post"}, std::move(controls), button("Save"))
    ));
}

Node row_with_tags(const Person& person) {
    return tr(
        td({.class_ = "number"}, person.number),
        td(a({.href = person.link}, person.name)),
        td(person.email),
        td("active")
    );
}

std::string table_with_tags() {
    std::vector<Node> rows;
    rows.reserve(people.size());
    for (const Person& person : people) {
        rows.push_back(row_with_tags(person));
    }
    return render(layouts::plain("People", table(tbody(std::move(rows)))));
}

// By hand.

constexpr std::string_view head_begin =
    "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
    "content=\"width=device-width, initial-scale=1\"><title>";
constexpr std::string_view navigation =
    "<header><nav><ul><li><a href=\"/\">Home</a></li><li><a href=\"/settings\">Settings</a></li></ul></nav>"
    "</header>";

std::string escaped(std::string_view text) {
    std::string out;
    append_escaped(out, text);
    return out;
}

std::string_view link_of(const Person& person) {
    return is_safe_link(person.link) ? std::string_view(person.link) : "about:invalid";
}

std::string form_with_fmt() {
    std::string page;
    page.reserve(8192);
    const auto out = std::back_inserter(page);
    fmt::format_to(
        out,
        "{}Settings</title></head><body>{}<main><h1>Settings</h1><form method=\"post\" action=\"/settings\">",
        head_begin,
        navigation
    );
    for (const Field& field : fields) {
        const std::string name = escaped(field.name);
        fmt::format_to(
            out,
            "<div class=\"field\"><label for=\"{0}\">{1}</label><input id=\"{0}\" type=\"text\" name=\"{0}\" "
            "value=\"{2}\" required><small>What {0} is for</small></div>",
            name,
            escaped(field.label),
            escaped(field.value)
        );
    }
    page += "<button>Save</button></form></main></body></html>";
    return page;
}

std::string table_with_fmt() {
    std::string page;
    page.reserve(8192);
    const auto out = std::back_inserter(page);
    fmt::format_to(out, "{}People</title></head><body><main><table><tbody>", head_begin);
    for (const Person& person : people) {
        fmt::format_to(
            out,
            "<tr><td class=\"number\">{}</td><td><a href=\"{}\">{}</a></td><td>{}</td><td>active</td></tr>",
            escaped(person.number),
            escaped(link_of(person)),
            escaped(person.name),
            escaped(person.email)
        );
    }
    page += "</tbody></table></main></body></html>";
    return page;
}

std::string form_with_append() {
    std::string page;
    page.reserve(8192);
    page.append(head_begin).append("Settings</title></head><body>").append(navigation);
    page.append("<main><h1>Settings</h1><form method=\"post\" action=\"/settings\">");
    for (const Field& field : fields) {
        page.append("<div class=\"field\"><label for=\"");
        append_escaped(page, field.name);
        page.append("\">");
        append_escaped(page, field.label);
        page.append("</label><input id=\"");
        append_escaped(page, field.name);
        page.append("\" type=\"text\" name=\"");
        append_escaped(page, field.name);
        page.append("\" value=\"");
        append_escaped(page, field.value);
        page.append("\" required><small>What ");
        append_escaped(page, field.name);
        page.append(" is for</small></div>");
    }
    page.append("<button>Save</button></form></main></body></html>");
    return page;
}

std::string table_with_append() {
    std::string page;
    page.reserve(8192);
    page.append(head_begin).append("People</title></head><body><main><table><tbody>");
    for (const Person& person : people) {
        page.append("<tr><td class=\"number\">");
        append_escaped(page, person.number);
        page.append("</td><td><a href=\"");
        append_escaped(page, link_of(person));
        page.append("\">");
        append_escaped(page, person.name);
        page.append("</a></td><td>");
        append_escaped(page, person.email);
        page.append("</td><td>active</td></tr>");
    }
    page.append("</tbody></table></main></body></html>");
    return page;
}

void render_page(benchmark::State& state, std::string (*make)(), std::string (*yardstick)()) {
    if (make() != yardstick()) {
        state.SkipWithError("the pages differ");
    }
    const std::int64_t before = allocations;
    for (auto _ : state) {
        benchmark::DoNotOptimize(make());
    }
    state.counters["allocations"] =
        benchmark::Counter(static_cast<double>(allocations - before), benchmark::Counter::kAvgIterations);
    state.counters["bytes"] = static_cast<double>(make().size());
}

BENCHMARK_CAPTURE(render_page, form_append, form_with_append, form_with_append);
BENCHMARK_CAPTURE(render_page, form_fmt, form_with_fmt, form_with_append);
BENCHMARK_CAPTURE(render_page, form_tags, form_with_tags, form_with_append);
BENCHMARK_CAPTURE(render_page, table_append, table_with_append, table_with_append);
BENCHMARK_CAPTURE(render_page, table_fmt, table_with_fmt, table_with_append);
BENCHMARK_CAPTURE(render_page, table_tags, table_with_tags, table_with_append);

}  // namespace
}  // namespace cardea::html

BENCHMARK_MAIN();
