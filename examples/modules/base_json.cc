// SPDX-License-Identifier: Apache-2.0
#include "cardea/base/json.h"
#include "cardea/base/json_writer.h"

#include <iostream>
#include <string>

using cardea::Json;

int main() {
    // [read]
    const auto order =
        cardea::parse_json(R"({"customer": "ada", "paid": true, "items": [{"id": 7}, {"id": 9}]})");
    if (!order) {
        std::cerr << name(order.error().code) << "\n";
        return 1;
    }
    const std::string customer(order->find_text("customer").value_or("nobody"));
    std::int64_t sum = 0;
    if (const Json* items = order->find("items")) {
        for (const Json& item : items->items()) {
            const Json* id = item.find("id");
            sum += id != nullptr ? id->as_integer().value_or(0) : 0;
        }
    }
    // [/read]

    // [change]
    Json cart;
    cart["customer"] = Json(customer);
    cart["items"].push_back(Json(std::string("hinge")));
    cart["items"].push_back(Json(std::string("door")));
    cart["items"].erase(0);
    cart.erase("customer");
    std::cout << to_string(cart) << "\n";  // {"items":["door"]}
    // [/change]

    // [write]
    std::string body;
    cardea::JsonWriter json(body);
    json.begin_object().member("sum", sum).key("customers").begin_array();
    json.value("ada").value("grace").end_array().end_object();
    // [/write]

    return to_string(cart) == R"({"items":["door"]})" && body == R"({"sum":16,"customers":["ada","grace"]})"
               ? 0
               : 1;
}
