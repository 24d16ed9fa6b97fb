// SPDX-License-Identifier: Apache-2.0
// A program of the build: reads passwords, one a line, from standard input and writes a filter to the file
// that is named. `cardea password filter build` is the same for people.
#include "cardea/password/blocklist.h"

#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

int main(int argc, char** argv) {
    const std::string words{std::istreambuf_iterator<char>(std::cin), {}};
    const auto built = cardea::password::build_blocklist(words);
    std::ofstream out(argc == 2 ? argv[1] : "", std::ios::binary);
    out << cardea::as_text(built.value().file);
    return out.flush() && built->entries > 0 ? 0 : 1;
}
