// SPDX-License-Identifier: Apache-2.0
#include "server/commands/input.h"

#include <fstream>
#include <istream>
#include <memory>

namespace cardea::server {
namespace {

/// One byte more than the limit when there is more.
SecretText read_all(std::istream& in) {
    constexpr std::size_t room = max_input_bytes + 1;
    const auto buffer = std::make_unique_for_overwrite<char[]>(room);  // a growing string leaves copies
    in.read(buffer.get(), static_cast<std::streamsize>(room));
    const auto size = static_cast<std::size_t>(in.gcount());
    SecretText text(std::string_view(buffer.get(), size));
    wipe(buffer.get(), size);
    return text;
}

}  // namespace

Result<SecretText> read_input(std::istream& in) {
    SecretText text = read_all(in);
    if (text.size() > max_input_bytes) {
        return fail(Errc::too_large, "standard input");
    }
    std::string_view line = text.expose();
    if (!line.ends_with('\n')) {
        return text;
    }
    line.remove_suffix(line.ends_with("\r\n") ? 2 : 1);
    return SecretText(line);
}

Result<SecretText> read_secret_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    SecretText text = file ? read_all(file) : SecretText();
    if (!file.eof() || text.size() > max_input_bytes) {
        return fail(Errc::config, "cannot read the file " + path);
    }
    return text;
}

}  // namespace cardea::server
