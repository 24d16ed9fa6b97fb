// SPDX-License-Identifier: Apache-2.0
#include "server/runtime.h"

#include "cardea/csrf/token.h"
#include "server/password_setup.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <sys/stat.h>
#include <thread>
#include <utility>

namespace cardea::server {
namespace {

constexpr const char* operator_name = "operator";

Result<> make_data_folder(const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder.parent_path(), error);
    // Made with its final mode: there is no moment at which others can look in.
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
        return fail(
            Errc::config,
            "The data folder " + folder.string() + " cannot be made: " + std::strerror(errno) + "."
        );
    }
    return {};
}

/// Where systemd puts credentials for this service; empty without any.
std::filesystem::path credentials_folder() {
    const char* folder = std::getenv("CREDENTIALS_DIRECTORY");
    return folder == nullptr ? "" : folder;
}

/// A database that is there was sealed under a secret: making a new one would lose what it holds.
WhenMissing when_missing(const std::filesystem::path& database) {
    std::error_code error;
    return std::filesystem::exists(database, error) ? WhenMissing::refuse : WhenMissing::make;
}

account::GuessPolicy guess_policy(const Config& config) {
    return {.enabled = config.limits.enabled};
}

}  // namespace

Result<std::unique_ptr<Runtime>> Runtime::open(const Config& config) {
    SystemRandom random;
    Result<Opened> opened = open_parts(config, random);
    if (!opened) {
        return propagate(opened);
    }
    return std::unique_ptr<Runtime>(new Runtime(config, std::move(*opened)));
}

Result<Runtime::Opened> Runtime::open_parts(const Config& config, Random& random) {
    if (Result<> made = make_data_folder(config.data); !made) {
        return propagate(made);
    }
    Result<sql::DataFolderLock> lock = sql::DataFolderLock::acquire(config.data);
    if (!lock) {
        return propagate(lock);
    }
    const std::filesystem::path database = config.data / "cardea.db";
    Result<RootSecret> secret =
        load_root_secret(config, credentials_folder(), when_missing(database), random);
    if (!secret) {
        return propagate(secret);
    }
    Result<Cookies> cookies = Cookies::make(config.public_url.scheme() == "https", config.cookie_domain);
    if (!cookies) {
        return propagate(cookies);
    }
    Result<stores::SqliteStores> stores = stores::open_sqlite(database);
    if (!stores) {
        return propagate(stores);
    }
    Result<account::PasswordDeskOptions> passwords = make_password_options(config, *stores->accounts);
    if (!passwords) {
        return propagate(passwords);
    }
    return Opened{
        std::move(*lock),
        std::move(*secret),
        std::move(*cookies),
        std::move(*stores),
        std::move(*passwords),
    };
}

Runtime::Runtime(const Config& config, Opened opened)
    : lock_(std::move(opened.lock)),
      secret_(std::move(opened.secret)),
      cookies_(std::move(opened.cookies)),
      cookie_domain_(config.cookie_domain),
      stores_(std::move(opened.stores)),
      csrf_token_([this](SessionId session) {
          return csrf::make_token(secret_.keyring, session.to_string(), random_);
      }),
      users_(*stores_.accounts, csrf_token_),
      sessions_({*stores_.sessions, users_, clock_, random_}, {.policy = config.session, .cache{}}),
      flows_(secret_.keyring, *stores_.one_time, clock_, random_),
      references_(secret_.keyring),
      audit_(*stores_.audit, secret_.keyring, clock_, random_),
      key_users_(*stores_.accounts, audit_, clock_, random_),
      api_keys_(
          {*stores_.api_keys, key_users_, clock_, random_}, {.prefix = config.api_key_prefix, .cache{}}
      ),
      guard_(guess_policy(config), secret_.keyring, clock_, random_),
      passwords_(std::move(opened.passwords), secret_.keyring, random_),
      policy_{.registration = config.registration},
      accounts_(account_parts(), policy_),
      directory_(account_parts(), policy_) {}

Runtime::~Runtime() = default;

account::Parts Runtime::account_parts() {
    return {
        .accounts = *stores_.accounts,
        .sessions = sessions_,
        .api_keys = api_keys_,
        .flows = flows_,
        .passwords = passwords_,
        .guard = guard_,
        .audit = audit_,
        .references = references_,
        .clock = clock_,
        .random = random_,
    };
}

Services Runtime::services() {
    return {
        .accounts = accounts_,
        .account_rows = *stores_.accounts,
        .sessions = sessions_,
        .api_keys = api_keys_,
        .flows = flows_,
        .cookies = cookies_,
        .cookie_domain = cookie_domain_,
        .keyring = secret_.keyring,
        .clock = clock_,
        .random = random_,
        .registration = policy_.registration,
        .csrf_token = csrf_token_,
    };
}

Task<Result<account::AccountRecord>> Runtime::add_account(account::Registration registration) {
    co_return co_await directory_.add(std::move(registration), operator_name);
}

Task<Result<account::AccountRecord>> Runtime::find_account(std::string name) {
    co_return co_await directory_.find(std::move(name));
}

Task<Result<std::vector<account::AccountRecord>>> Runtime::list_accounts(account::Page page) {
    co_return co_await directory_.list(page);
}

Task<Result<>> Runtime::disable_account(AccountId account) {
    co_return co_await directory_.disable(account, operator_name);
}

Task<Result<>> Runtime::enable_account(AccountId account) {
    co_return co_await directory_.enable(account, operator_name);
}

Task<Result<>> Runtime::delete_account(AccountId account) {
    co_return co_await directory_.remove(account, operator_name);
}

Task<Result<>> Runtime::set_password(AccountId account, SecretText password) {
    co_return co_await directory_.set_password(account, std::move(password), operator_name);
}

Task<Result<std::vector<session::SessionRecord>>> Runtime::list_sessions(AccountId account) {
    co_return co_await sessions_.list(account);
}

Task<Result<>> Runtime::revoke_session(AccountId account, SessionId session) {
    Result<bool> revoked = co_await sessions_.revoke(account, session);
    if (!revoked) {
        co_return propagate(revoked);
    }
    if (!*revoked) {
        co_return fail(Errc::not_found, "session");
    }
    co_return co_await record_operator(audit::Event::session_revoked, account);
}

Task<Result<std::size_t>> Runtime::revoke_all_sessions(AccountId account) {
    Result<std::size_t> revoked = co_await sessions_.revoke_all(account, std::nullopt);
    if (!revoked) {
        co_return propagate(revoked);
    }
    Result<> recorded = co_await record_operator(audit::Event::sessions_revoked, account);
    if (!recorded) {
        co_return propagate(recorded);
    }
    co_return *revoked;
}

Task<Result<>> Runtime::record_operator(audit::Event event, AccountId account, std::string subject) {
    audit::Entry entry{.event = event, .account = account};
    entry.personal.actor = operator_name;
    entry.personal.subject = std::move(subject);
    co_return co_await audit_.record(std::move(entry));
}

Task<Result<apikey::IssuedApiKey>> Runtime::issue_api_key(apikey::NewApiKey wish) {
    Result<apikey::IssuedApiKey> issued = co_await api_keys_.issue(std::move(wish));
    if (!issued) {
        co_return issued;
    }
    const apikey::ApiKeyRecord& key = issued->record;
    Result<> recorded =
        co_await record_operator(audit::Event::api_key_issued, key.account, key.id.to_string());
    if (!recorded) {
        co_return propagate(recorded);
    }
    co_return issued;
}

Task<Result<std::vector<apikey::ApiKeyRecord>>> Runtime::list_api_keys(AccountId account) {
    co_return co_await api_keys_.list(account);
}

Task<Result<>> Runtime::revoke_api_key(AccountId account, ApiKeyId key) {
    Result<bool> revoked = co_await api_keys_.revoke(account, key);
    if (!revoked) {
        co_return propagate(revoked);
    }
    if (!*revoked) {
        co_return fail(Errc::not_found, "API key");
    }
    co_return co_await record_operator(audit::Event::api_key_revoked, account, key.to_string());
}

Task<Result<std::size_t>> Runtime::revoke_all_api_keys(AccountId account) {
    Result<std::size_t> revoked = co_await api_keys_.revoke_all_for(account);
    if (!revoked) {
        co_return propagate(revoked);
    }
    Result<> recorded = co_await record_operator(audit::Event::api_keys_revoked, account);
    if (!recorded) {
        co_return propagate(recorded);
    }
    co_return *revoked;
}

Task<Result<ApiKeyFinding>> Runtime::find_api_key(apikey::ApiKeyHash key_hash) {
    Result<std::optional<apikey::ApiKeyRecord>> found = co_await stores_.api_keys->find(key_hash);
    if (!found) {
        co_return propagate(found);
    }
    if (!*found) {
        co_return fail(Errc::not_found, "API key: it was never made here, or was revoked");
    }
    Result<account::AccountRecord> account =
        co_await account::load_account(*stores_.accounts, (*found)->account);
    if (!account) {
        co_return propagate(account);
    }
    const apikey::KeyState state = apikey::decide(**found, clock_.now());
    ApiKeyFinding finding{.key = std::move(**found), .account = std::move(*account), .state = state};
    co_return finding;
}

Task<Result<std::string>> Runtime::invite(account::Invitation invitation) {
    co_return co_await directory_.make_invitation(std::move(invitation), operator_name);
}

Task<Result<>> Runtime::back_up(std::filesystem::path target) {
    co_return co_await stores_.database->back_up(std::move(target));
}

Task<Result<std::vector<std::string>>> Runtime::check() {
    co_return co_await stores_.database->check(sql::CheckDepth::full);
}

SchemaState Runtime::schema() {
    return {.version = stores_.database->schema_version(), .applied = stores_.database->migrations_applied()};
}

Task<Result<audit::Verification>> Runtime::verify_audit() {
    co_return co_await audit_.verify(audit::VerifyRange());
}

Result<audit::Refusal> Runtime::explain(std::string_view reference) {
    return references_.explain(reference);
}

}  // namespace cardea::server
