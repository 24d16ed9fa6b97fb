// SPDX-License-Identifier: Apache-2.0
// A form that no other site can send. CSRF protection comes with sessions; the form only needs the field.
//
//     export SECRET_KEY=$(openssl rand -hex 32)
//     ./csrf_form --listen 127.0.0.1:8000             then open http://localhost:8000/form-with-csrf
#include "cardea/cardea.h"

using namespace cardea;

struct Data {
    std::string data;

    void fields(auto& field) { field("data", data); }
};

int main() {
    App app;
    app.use(sessions({.secret = env("SECRET_KEY")}));
    app.get("/form-with-csrf", [](Request& request) {
        return layouts::mvpcss(
            "CSRF Protected Form",
            html::form(
                {.action = "/process-data", .method = "post"},
                csrf_field(request),
                html::input({.name = "data", .type = "text"}),
                html::button({.type = "submit"}, "Submit")
            )
        );
    });
    app.post("/process-data", [](const Form<Data>& form) { return html::p("Received: ", form.data); });
    return app.run();
}
