// SPDX-License-Identifier: Apache-2.0
// What no command does with itsdangerous's signer, for cookies.test.mjs: reads one JSON array of tasks,
// prints one JSON array of answers.
#include "cardea/base/json_writer.h"
#include "cardea/cookies/itsdangerous.h"
#include "cardea/cookies/python_json.h"

#include <iostream>
#include <iterator>
#include <map>

namespace {

using namespace cardea;
using cookies::PythonJsonStyle;

std::string text(const Json& task, std::string_view name) {
    return std::string(task.find_text(name).value());
}

cookies::ItsdangerousSigner signer_of(const Json& task) {
    const std::map<std::string, cookies::KeyDerivation> derivations{
        {"none", cookies::KeyDerivation::none},
        {"concat", cookies::KeyDerivation::concat},
        {"django-concat", cookies::KeyDerivation::django_concat},
        {"hmac", cookies::KeyDerivation::hmac},
    };
    const std::map<std::string, crypto::HashAlgorithm> digests{
        {"sha1", crypto::HashAlgorithm::sha1},
        {"sha256", crypto::HashAlgorithm::sha256},
        {"sha384", crypto::HashAlgorithm::sha384},
        {"sha512", crypto::HashAlgorithm::sha512},
    };
    return cookies::ItsdangerousSigner(
        cookies::SecretKeys::parse(text(task, "secrets")).value(),
        {.salt = text(task, "salt"),
         .key_derivation = derivations.at(text(task, "derivation")),
         .digest = digests.at(text(task, "digest"))}
    );
}

std::string answer(const Json& task) {
    const std::string operation = text(task, "do");
    if (operation == "sign") {
        return signer_of(task).sign(text(task, "value"));
    }
    if (operation == "unsign") {
        const std::string value = text(task, "value");
        const Result<std::string_view> found = signer_of(task).unsign(value);
        return found ? std::string(*found) : "refused: " + std::string(name(found.error().code));
    }
    PythonJsonStyle style;
    if (operation == "json compact") {
        style = {PythonJsonStyle::Spacing::compact, PythonJsonStyle::Characters::utf8};
    } else if (operation == "json sorted") {
        style.key_order = PythonJsonStyle::KeyOrder::sorted;
    }
    return cookies::to_python_json(*task.find("value"), style);
}

}  // namespace

int main() {
    const std::string input(std::istreambuf_iterator<char>(std::cin), {});
    const Json tasks = parse_json(input, {.bytes = input.size(), .values = 1'000'000}).value();
    std::string output;
    JsonWriter json(output);
    json.begin_array();
    for (const Json& task : tasks.items()) {
        json.value(answer(task));
    }
    json.end_array();
    std::cout << output << '\n';
    return 0;
}
