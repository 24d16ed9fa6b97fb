// SPDX-License-Identifier: Apache-2.0
#include "server/config/config_file.h"

#include "server/config/open_file.h"
#include "server/config/trust.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <optional>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace cardea::server {
namespace {

constexpr const char* default_file = "cardea.toml";
constexpr std::string_view config_flag = "--config";

std::optional<std::string> read_all(int descriptor) {
    std::string text;
    std::array<char, 4096> piece{};
    for (;;) {
        const ssize_t size = ::read(descriptor, piece.data(), piece.size());
        if (size == 0) {
            return text;
        }
        if (size < 0 && errno != EINTR) {
            return std::nullopt;
        }
        text.append(piece.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
    }
}

/// A secret in a file that others can read is none.
void check_privacy(mode_t mode, Gathered& into) {
    if ((mode & (S_IRWXG | S_IRWXO)) == 0) {
        return;
    }
    if (const auto secret = into.values.find("secret"); secret != into.values.end()) {
        into.mistakes.push_back(
            {secret->second.where, "others can read this file: chmod 600 it, or use secret_file"}
        );
    }
    for (const GivenProvider& provider : into.providers) {
        if (const auto secret = provider.values.find("client_secret"); secret != provider.values.end()) {
            into.mistakes.push_back(
                {secret->second.where, "others can read this file: chmod 600 it, or use client_secret_file"}
            );
        }
    }
}

void gather_open_file(const OpenFile& file, const std::string& name, Gathered& into) {
    struct stat status{};
    std::optional<std::string> text;
    if (file.is_open() && ::fstat(file.descriptor(), &status) == 0) {
        text = read_all(file.descriptor());
    }
    if (!text) {
        into.mistakes.push_back({name, "this file cannot be read"});
        return;
    }
    gather_toml(*text, name, into);
    check_privacy(status.st_mode, into);
}

}  // namespace

void gather_file(const std::filesystem::path& path, Gathered& into) {
    const OpenFile file(path, O_RDONLY);
    gather_open_file(file, path.string(), into);
}

void gather_default_file(Gathered& into) {
    const OpenFile file(default_file, O_RDONLY | O_NONBLOCK);  // a pipe would make us wait
    if (!file.is_open() && errno == ENOENT) {
        return;
    }
    std::string distrust = find_distrust(std::filesystem::path(default_file), config_flag);
    struct stat opened{};  // the path may lead elsewhere by now
    if (distrust.empty() && file.is_open() && ::fstat(file.descriptor(), &opened) == 0) {
        distrust = find_distrust(opened, ::geteuid(), config_flag);
    }
    if (!distrust.empty()) {
        into.mistakes.push_back({default_file, std::move(distrust)});
        return;
    }
    gather_open_file(file, default_file, into);
}

}  // namespace cardea::server
