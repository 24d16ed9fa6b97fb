// SPDX-License-Identifier: Apache-2.0
#include "server/root_secret.h"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace cardea::server {
namespace {

constexpr std::size_t max_secret_file_bytes = 16 * 1024;

class Descriptor {
 public:
    explicit Descriptor(int number) noexcept : number_(number) {}
    ~Descriptor() {
        if (number_ >= 0) {
            ::close(number_);
        }
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int number() const noexcept { return number_; }
    [[nodiscard]] bool is_open() const noexcept { return number_ >= 0; }

 private:
    int number_;
};

std::unexpected<Error> file_error(const std::filesystem::path& file, std::string_view what) {
    return fail(Errc::config, file.string() + " " + std::string(what) + ": " + std::strerror(errno) + ".");
}

/// Others may not read a secret. A systemd credential is guarded by its folder and has no mode of ours.
enum class Mode : bool { any, owner_only };

Result<SecretText> read_file(const std::filesystem::path& file, Mode mode) {
    const Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat status{};
    if (!descriptor.is_open() || ::fstat(descriptor.number(), &status) != 0) {
        return file_error(file, "cannot be read");
    }
    if (mode == Mode::owner_only && (status.st_mode & 077U) != 0) {
        return fail(Errc::config, file.string() + " can be read by others. Run: chmod 600 " + file.string());
    }
    SecretBytes<max_secret_file_bytes> buffer;
    std::size_t size = 0;
    while (size < max_secret_file_bytes) {
        const ssize_t got =
            ::read(descriptor.number(), buffer.expose().data() + size, max_secret_file_bytes - size);
        if (got < 0) {
            return file_error(file, "cannot be read");
        }
        if (got == 0) {
            return SecretText(as_text(ByteView(buffer.expose()).first(size)));
        }
        size += static_cast<std::size_t>(got);
    }
    return fail(Errc::config, file.string() + " is too long to hold secrets. Put one secret on each line.");
}

Result<> sync_folder(const std::filesystem::path& folder) {
    const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!descriptor.is_open() || ::fsync(descriptor.number()) != 0) {
        return file_error(folder, "cannot be written");
    }
    return {};
}

Result<> make_file(const std::filesystem::path& file, const SecretText& secret) {
    // Written under another name first: a crash between the two leaves no file that is empty.
    const std::filesystem::path unfinished = file.string() + ".new";
    {
        const Descriptor descriptor(::open(unfinished.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)
        );
        const std::string_view text = secret.expose();
        const bool written = descriptor.is_open() && ::fchmod(descriptor.number(), 0600) == 0 &&
                             ::write(descriptor.number(), text.data(), text.size()) == std::ssize(text) &&
                             ::fsync(descriptor.number()) == 0;
        if (!written) {
            return file_error(unfinished, "cannot be written");
        }
    }
    if (::rename(unfinished.c_str(), file.c_str()) != 0) {
        return file_error(file, "cannot be written");
    }
    return sync_folder(file.parent_path());
}

std::optional<std::filesystem::path> systemd_credential() {
    const char* folder = std::getenv("CREDENTIALS_DIRECTORY");
    if (folder == nullptr) {
        return std::nullopt;
    }
    std::filesystem::path file = std::filesystem::path(folder) / "cardea.secret";
    std::error_code ignored;
    return std::filesystem::exists(file, ignored) ? std::optional(std::move(file)) : std::nullopt;
}

Result<RootSecret> read_keyring(const std::filesystem::path& file, Mode mode, bool made) {
    Result<SecretText> text = read_file(file, mode);
    if (!text) {
        return propagate(text);
    }
    Result<crypto::Keyring> keyring = crypto::Keyring::parse(text->expose());
    if (!keyring) {
        return fail(Errc::config, file.string() + ": " + keyring.error().context);
    }
    return RootSecret{std::move(*keyring), file, made};
}

}  // namespace

Result<RootSecret> load_root_secret(const Config& config, Random& random) {
    if (!config.secret.empty()) {
        Result<crypto::Keyring> keyring = crypto::Keyring::parse(config.secret.expose());
        if (!keyring) {
            return propagate(keyring);
        }
        return RootSecret{std::move(*keyring), {}, false};
    }
    if (const std::optional<std::filesystem::path> credential = systemd_credential()) {
        return read_keyring(*credential, Mode::any, false);
    }
    if (!config.secret_file.empty()) {
        return read_keyring(config.secret_file, Mode::owner_only, false);
    }
    const std::filesystem::path own = config.data / "secret";
    std::error_code ignored;
    const bool make = !std::filesystem::exists(own, ignored);
    if (make) {
        if (Result<> made = make_file(own, crypto::Keyring::make_secret(random)); !made) {
            return propagate(made);
        }
    }
    return read_keyring(own, Mode::owner_only, make);
}

}  // namespace cardea::server
