// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/api_keys.h"

#include "cardea/base/bytes.h"
#include "cardea/crypto/sha256.h"
#include "cardea/log/log.h"
#include "cardea/web/detail/credential_refusal.h"
#include "cardea/web/request.h"

#include <map>
#include <utility>

namespace cardea::web {
namespace {

constexpr std::string_view header_name = "X-API-Key";
constexpr std::size_t min_key_size = 32;
constexpr std::size_t max_key_size = 1024;
constexpr std::size_t sweep_batch = 1000;

/// What all API keys have in common: where they stand, and what a refusal says.
class HeaderKeys : public AuthenticationBackend {
 public:
    [[nodiscard]] bool has_credential(const Request& request) const final {
        return !request.header(header_name).empty();
    }
    [[nodiscard]] std::vector<SecurityScheme> security_schemes() const final {
        return {{"api_key", R"({"type":"apiKey","in":"header","name":"X-API-Key"})"}};
    }
    [[nodiscard]] Challenge challenge() const final {
        return {.header = "APIKey", .refused = "APIKey", .sentence = "Invalid API key"};
    }
};

class KnownApiKeys final : public HeaderKeys {
 public:
    explicit KnownApiKeys(std::vector<KnownApiKey> keys) : keys_(std::move(keys)) {}

    [[nodiscard]] Result<> start(Setup& /*setup*/) override {
        for (const KnownApiKey& key : keys_) {
            if (!key.mistake().empty()) {
                return fail(Errc::config, key.mistake());
            }
            const auto [other, is_new] = users_.emplace(key.hash(), key.user());
            if (!is_new) {
                return fail(
                    Errc::config,
                    other->second.id + " and " + key.user().id + " have the same API key: give each its own"
                );
            }
        }
        return {};
    }

    [[nodiscard]] Task<Result<Authenticated>> authenticate(Request& request) override {
        const std::string_view key = request.header(header_name);
        const auto found =
            key.size() <= max_key_size ? users_.find(crypto::sha256(as_bytes(key))) : users_.end();
        if (found == users_.end()) {
            co_return fail(Errc::unauthenticated, "API key not known");
        }
        co_return Authenticated{.user = found->second};
    }

 private:
    std::vector<KnownApiKey> keys_;
    std::map<crypto::Sha256, User> users_;
};

class IssuedApiKeys final : public HeaderKeys {
 public:
    IssuedApiKeys(apikey::ApiKeyService& service, UserOfApiKey user)
        : service_(service), user_(std::move(user)) {}

    [[nodiscard]] Task<Result<Authenticated>> authenticate(Request& request) override {
        const Result<apikey::ApiKey> key = apikey::ApiKey::parse(request.header(header_name));
        if (!key) {
            co_return fail(Errc::unauthenticated, "API key mistyped");
        }
        const Result<apikey::KeyPointer> live = co_await service_.authenticate(key->hash());
        if (live) {
            co_return Authenticated{.user = user_(**live)};
        }
        const Errc code = refuses_credential(live.error().code) ? Errc::unauthenticated : live.error().code;
        co_return fail(code, live.error().context);
    }

    [[nodiscard]] Task<> maintain() override {
        const Result<> used = co_await service_.flush_last_used();
        const Result<std::size_t> swept = co_await service_.sweep(sweep_batch);
        if (!used || !swept) {
            log::warning("api_keys.not_maintained", {{"error", used ? swept.error() : used.error()}});
        }
    }

 private:
    apikey::ApiKeyService& service_;
    UserOfApiKey user_;
};

}  // namespace

KnownApiKey::KnownApiKey(const EnvironmentVariable& key, User user)
    : KnownApiKey(key.expose(), std::move(user)) {
    if (!key.is_set()) {
        mistake_ = key.name() + " is not set: it holds the API key of " + user_.id;
    } else if (key.expose().size() < min_key_size) {
        mistake_ = key.name() + " is too short for an API key, which has 32 characters or more:  export " +
                   key.name() + "=$(openssl rand -hex 32)";
    }
}

KnownApiKey::KnownApiKey(std::string_view key, User user)
    : hash_(crypto::sha256(as_bytes(key))), user_(std::move(user)) {}

std::shared_ptr<AuthenticationBackend> api_keys(std::vector<KnownApiKey> keys) {
    return std::make_shared<KnownApiKeys>(std::move(keys));
}

std::shared_ptr<AuthenticationBackend> api_keys(apikey::ApiKeyService& service, UserOfApiKey user) {
    return std::make_shared<IssuedApiKeys>(service, std::move(user));
}

}  // namespace cardea::web
