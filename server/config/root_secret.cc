// SPDX-License-Identifier: Apache-2.0
#include "server/config/root_secret.h"

#include "cardea/sql/private_file.h"
#include "server/config/open_file.h"
#include "server/config/secret_file.h"

#include <fmt/format.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace cardea::server {
namespace {

constexpr const char* credential = "cardea.secret";  ///< of systemd
constexpr const char* own_name = "secret";           ///< in the data folder

Result<> write_to_disk(const std::filesystem::path& path, const SecretText& text) {
    ::unlink(path.c_str());  // of a start that was cut short; or a link that somebody put there
    const OpenFile file(sql::make_private_file(path));
    const std::string_view bytes = text.expose();
    if (!file.is_open() || ::fchmod(file.descriptor(), S_IRUSR | S_IWUSR) != 0 ||
        ::write(file.descriptor(), bytes.data(), bytes.size()) != std::ssize(bytes) ||
        ::fsync(file.descriptor()) != 0) {
        return sql::io_failure(path);
    }
    return {};
}

/// Makes the file under another name first, so that a crash leaves no half of it, and returns when it is on
/// disk.
Result<> make_secret_file(const std::filesystem::path& path, const SecretText& text) {
    const std::filesystem::path unfinished = path.string() + ".new";
    if (Result<> written = write_to_disk(unfinished, text); !written) {
        return written;
    }
    const OpenFile folder(path.parent_path(), O_RDONLY | O_DIRECTORY);
    if (!folder.is_open() || ::rename(unfinished.c_str(), path.c_str()) != 0 ||
        ::fsync(folder.descriptor()) != 0) {
        return sql::io_failure(path);
    }
    return {};
}

Result<RootSecret> read_root(const std::filesystem::path& path, const Config& config) {
    Result<SecretText> text = read_secret_file(path, "the root secret", config.credentials);
    if (!text) {
        return propagate(text);
    }
    Result<crypto::Keyring> keyring = crypto::Keyring::parse(text->expose());
    if (!keyring) {
        return fail(Errc::config, fmt::format("{}: {}", path.string(), keyring.error().context));
    }
    return RootSecret{std::move(*keyring), path};
}

Result<RootSecret> make_root(const std::filesystem::path& path, const Config& config, Random& random) {
    if (Result<> made = make_secret_file(path, crypto::Keyring::make_secret(random)); !made) {
        return propagate(made);
    }
    Result<RootSecret> root = read_root(path, config);
    if (root) {
        root->made = true;
    }
    return root;
}

}  // namespace

Result<std::optional<RootSecret>> find_root_secret(const Config& config) {
    if (!config.secret.empty()) {
        Result<crypto::Keyring> keyring = crypto::Keyring::parse(config.secret.expose());
        if (!keyring) {
            return propagate(keyring);
        }
        return RootSecret{std::move(*keyring), {}};
    }
    if (!config.secret_file.empty()) {
        return read_root(config.secret_file, config);
    }
    std::error_code error;
    if (!config.credentials.empty() && std::filesystem::exists(config.credentials / credential, error)) {
        return read_root(config.credentials / credential, config);
    }
    if (std::filesystem::exists(config.data / own_name, error)) {
        return read_root(config.data / own_name, config);
    }
    return std::nullopt;
}

Result<RootSecret> load_root_secret(const Config& config, WhenMissing when_missing, Random& random) {
    Result<std::optional<RootSecret>> found = find_root_secret(config);
    if (!found) {
        return propagate(found);
    }
    if (std::optional<RootSecret>& root = *found) {
        return std::move(*root);
    }
    const std::filesystem::path own = config.data / own_name;
    if (when_missing == WhenMissing::refuse) {
        return fail(
            Errc::config,
            fmt::format(
                "the root secret of this data is missing: put {0} back, or set secret_file. "
                "If it is lost, make a new one with `(umask 077; openssl rand -hex 32 > {0})`: "
                "accounts, sessions and API keys go on. Lost with the old one are unused invitations, "
                "device cookies, references, the proof of the audit log, "
                "and with password.pepper every password",
                own.string()
            )
        );
    }
    return make_root(own, config, random);
}

Result<RootSecret> make_ephemeral_secret(Random& random) {
    Result<crypto::Keyring> keyring = crypto::Keyring::parse(crypto::Keyring::make_secret(random).expose());
    if (!keyring) {
        return propagate(keyring);
    }
    return RootSecret{std::move(*keyring), {}};
}

}  // namespace cardea::server
