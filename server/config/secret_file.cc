// SPDX-License-Identifier: Apache-2.0
#include "server/config/secret_file.h"

#include "server/config/open_file.h"

#include <fmt/format.h>

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace cardea::server {
namespace {

constexpr std::size_t max_file_bytes = std::size_t{16} * 1024;

std::unexpected<Error> cannot_be_read(const std::filesystem::path& path, std::string_view what) {
    const std::string reason = std::generic_category().message(errno);
    return fail(Errc::io, fmt::format("{} cannot be read: {}: {}", what, path.string(), reason));
}

bool is_credential(const std::filesystem::path& path, const std::filesystem::path& credentials) {
    const std::filesystem::path folder = path.lexically_normal().parent_path();
    return folder.parent_path() == "/run/credentials" ||
           (!credentials.empty() && folder == credentials.lexically_normal());
}

}  // namespace

Result<SecretText> read_secret_file(
    const std::filesystem::path& path, std::string_view what, const std::filesystem::path& credentials
) {
    const OpenFile file(path, O_RDONLY);
    struct stat status{};
    if (!file.is_open() || ::fstat(file.descriptor(), &status) != 0) {
        return cannot_be_read(path, what);
    }
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0 && !is_credential(path, credentials)) {
        return fail(Errc::config, fmt::format("others can read {}: chmod 600 {}", what, path.string()));
    }
    SecretBytes<max_file_bytes> buffer;
    const ssize_t size = ::read(file.descriptor(), buffer.expose().data(), max_file_bytes);
    if (size < 0) {
        return cannot_be_read(path, what);
    }
    return SecretText(as_text(ByteView(buffer.expose()).first(static_cast<std::size_t>(size))));
}

}  // namespace cardea::server
