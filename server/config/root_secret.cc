// SPDX-License-Identifier: Apache-2.0
#include "server/config/root_secret.h"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace cardea::server {
namespace {

constexpr std::size_t max_file_bytes = std::size_t{16} * 1024;

/// An open file that closes itself.
class File {
 public:
    File(const std::filesystem::path& path, int flags)
        : descriptor_(::open(path.c_str(), flags | O_CLOEXEC, S_IRUSR | S_IWUSR)) {}
    ~File() {
        if (is_open()) {
            ::close(descriptor_);
        }
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    [[nodiscard]] bool is_open() const noexcept { return descriptor_ >= 0; }
    [[nodiscard]] int descriptor() const noexcept { return descriptor_; }

 private:
    int descriptor_;
};

std::unexpected<Error> fail_with_errno(const std::filesystem::path& path) {
    return fail(Errc::io, fmt::format("{}: {}", path.string(), std::generic_category().message(errno)));
}

Result<SecretText> read_private(const std::filesystem::path& path) {
    const File file(path, O_RDONLY);
    struct stat status{};
    if (!file.is_open() || ::fstat(file.descriptor(), &status) != 0) {
        return fail_with_errno(path);
    }
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        return fail(
            Errc::config, fmt::format("others can read the root secret: chmod 600 {}", path.string())
        );
    }
    std::array<char, max_file_bytes> buffer{};
    const ssize_t size = ::read(file.descriptor(), buffer.data(), buffer.size());
    if (size < 0) {
        return fail_with_errno(path);
    }
    SecretText text(std::string_view(buffer.data(), static_cast<std::size_t>(size)));
    wipe(buffer.data(), buffer.size());
    return text;
}

/// Writes a file that did not exist; returns when it is on disk.
Result<> write_private(const std::filesystem::path& path, const SecretText& text) {
    const File file(path, O_WRONLY | O_CREAT | O_EXCL);
    const std::string_view bytes = text.expose();
    if (!file.is_open() || ::write(file.descriptor(), bytes.data(), bytes.size()) != std::ssize(bytes) ||
        ::fsync(file.descriptor()) != 0) {
        return fail_with_errno(path);
    }
    const File folder(path.parent_path(), O_RDONLY | O_DIRECTORY);
    if (!folder.is_open() || ::fsync(folder.descriptor()) != 0) {
        return fail_with_errno(path.parent_path());
    }
    return {};
}

Result<RootSecret> parse_root(const SecretText& text, std::string origin) {
    Result<crypto::Keyring> keyring = crypto::Keyring::parse(text.expose());
    if (!keyring) {
        return fail(Errc::config, fmt::format("{}: {}", origin, keyring.error().context));
    }
    return RootSecret{std::move(*keyring), std::move(origin)};
}

Result<RootSecret> read_root(const std::filesystem::path& path) {
    Result<SecretText> text = read_private(path);
    if (!text) {
        return propagate(text);
    }
    return parse_root(*text, path.string());
}

Result<RootSecret> make_root(const std::filesystem::path& path, Random& random) {
    const SecretText text = crypto::Keyring::make_secret(random);
    if (Result<> written = write_private(path, text); !written) {
        return propagate(written);
    }
    Result<RootSecret> root = parse_root(text, path.string());
    if (root) {
        root->is_new = true;
    }
    return root;
}

}  // namespace

Result<RootSecret> load_root_secret(
    const Config& config, const std::filesystem::path& credentials, WhenMissing when_missing, Random& random
) {
    if (!config.secret.empty()) {
        return parse_root(config.secret, "the configuration");
    }
    if (!config.secret_file.empty()) {
        return read_root(config.secret_file);
    }
    std::error_code error;
    if (!credentials.empty() && std::filesystem::exists(credentials / "cardea-secret", error)) {
        return read_root(credentials / "cardea-secret");
    }
    const std::filesystem::path own = config.data / "secret";
    if (std::filesystem::exists(own, error)) {
        return read_root(own);
    }
    if (when_missing == WhenMissing::refuse) {
        return fail(
            Errc::config,
            fmt::format(
                "the root secret of this data is missing: restore {}, or set secret_file", own.string()
            )
        );
    }
    return make_root(own, random);
}

}  // namespace cardea::server
