// SPDX-License-Identifier: Apache-2.0
#include "server/runtime.h"

#include "cardea/log/log.h"
#include "server/data_folder.h"
#include "server/password_setup.h"
#include "server/provider_setup.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace cardea::server {
namespace {

constexpr const char* operator_name = "operator";

bool is_there(const std::filesystem::path& database) {
    std::error_code error;
    return std::filesystem::exists(database, error);
}

Result<RootSecret> open_secret(const Config& config, Opening opening, bool has_database) {
    SystemRandom random;
    if (opening == Opening::database_only) {
        return make_ephemeral_secret(random);
    }
    // A database that is there was sealed under a secret: making a new one would lose what it holds.
    return load_root_secret(config, has_database ? WhenMissing::refuse : WhenMissing::make, random);
}

}  // namespace

Result<std::unique_ptr<Runtime>> Runtime::open(const Config& config, Opening opening) {
    const std::filesystem::path database = config.data / stores::database_name;
    if (opening != Opening::make_missing && !is_there(database)) {
        return fail(
            Errc::config,
            fmt::format(
                "there is no database in {}: name the data folder with --data, or begin with `cardea serve` "
                "or `cardea account add`",
                config.data.string()
            )
        );
    }
    Result<sql::DataFolderLock> lock = hold_data_folder(config);
    if (!lock) {
        return propagate(lock);
    }
    Result<RootSecret> secret = open_secret(config, opening, is_there(database));
    if (!secret) {
        return propagate(secret);
    }
    std::unique_ptr<Runtime> runtime(
        new Runtime(std::move(*lock), std::move(*secret), config.public_url.origin().text())
    );
    if (Result<> made = runtime->make_system(config, database); !made) {
        return propagate(made);
    }
    return runtime;
}

Result<> Runtime::make_system(const Config& config, const std::filesystem::path& database) {
    Result<account::PasswordDeskOptions> passwords = make_password_options(config);
    if (!passwords) {
        return propagate(passwords);
    }
    Result<stores::SqliteStores> stores = stores::open_sqlite(database);
    if (!stores) {
        return propagate(stores);
    }
    identity::SystemOptions options;
    options.registration = config.registration;
    options.session = config.session;
    options.limits = config.limits.enabled;
    options.api_key_prefix = config.api_key_prefix;
    options.https = config.public_url.scheme() == "https";
    options.cookie_domain = config.cookie_domain;
    options.passwords = std::move(*passwords);
    if (Result<> offered = offer_providers(config, options, network_); !offered) {
        return propagate(offered);
    }
    const identity::SystemParts parts{secret_.keyring, clock_, random_, network_.get()};
    Result<std::unique_ptr<identity::System>> system =
        identity::System::make(parts, std::move(options), std::move(*stores));
    if (!system) {
        return propagate(system);
    }
    system_ = std::move(*system);
    return {};
}

Runtime::~Runtime() = default;

Task<Result<account::AccountRecord>> Runtime::add_account(account::Registration registration) {
    co_return co_await system_->directory().add(std::move(registration), operator_name);
}

Task<Result<account::AccountRecord>> Runtime::find_account(std::string name) {
    co_return co_await system_->directory().find(std::move(name));
}

Task<Result<std::vector<account::AccountRecord>>> Runtime::list_accounts(account::Page page) {
    co_return co_await system_->directory().list(page);
}

Task<Result<>> Runtime::disable_account(AccountId account) {
    co_return co_await system_->directory().disable(account, operator_name);
}

Task<Result<>> Runtime::enable_account(AccountId account) {
    co_return co_await system_->directory().enable(account, operator_name);
}

Task<Result<>> Runtime::delete_account(AccountId account) {
    co_return co_await system_->directory().remove(account, operator_name);
}

Task<Result<>> Runtime::set_password(AccountId account, SecretText password) {
    co_return co_await system_->directory().set_password(account, std::move(password), operator_name);
}

Task<Result<std::vector<account::FederatedIdentity>>> Runtime::list_identities(AccountId account) {
    co_return co_await system_->directory().list_identities(account);
}

Task<Result<>> Runtime::unlink_identity(
    AccountId account, FederatedIdentityId identity, account::WayIn way_in
) {
    co_return co_await system_->directory().unlink(account, identity, way_in, operator_name);
}

Task<Result<std::vector<session::SessionRecord>>> Runtime::list_sessions(AccountId account) {
    co_return co_await system_->sessions().list(account);
}

Task<Result<>> Runtime::revoke_session(AccountId account, SessionId session) {
    Result<std::vector<session::SessionRecord>> sessions = co_await system_->sessions().list(account);
    if (!sessions) {
        co_return propagate(sessions);
    }
    if (std::ranges::count(*sessions, session, &session::SessionRecord::id) == 0) {
        co_return fail(Errc::not_found, "session");
    }
    audit::Entry entry{.event = audit::Event::session_revoked, .account = account};
    entry.personal.actor = operator_name;
    entry.personal.session = session.to_string();
    Result<> recorded = co_await system_->audit().record(std::move(entry));
    if (!recorded) {
        co_return recorded;
    }
    Result<bool> revoked = co_await system_->sessions().revoke(account, session, std::nullopt);
    if (!revoked) {
        co_return propagate(revoked);
    }
    if (!*revoked) {
        co_return fail(Errc::not_found, "session");
    }
    co_return Result<>();
}

Task<Result<std::size_t>> Runtime::revoke_all_sessions(AccountId account) {
    Result<> recorded = co_await record_operator(audit::Event::sessions_revoked, account);
    if (!recorded) {
        co_return propagate(recorded);
    }
    co_return co_await system_->sessions().revoke_all(account, std::nullopt);
}

Task<Result<>> Runtime::record_operator(audit::Event event, AccountId account, std::string subject) {
    audit::Entry entry{.event = event, .account = account};
    entry.personal.actor = operator_name;
    entry.personal.subject = std::move(subject);
    co_return co_await system_->audit().record(std::move(entry));
}

Task<Result<apikey::IssuedApiKey>> Runtime::issue_api_key(apikey::NewApiKey wish) {
    Result<apikey::IssuedApiKey> issued = system_->api_keys().prepare(std::move(wish));
    if (!issued) {
        co_return issued;
    }
    const apikey::ApiKeyRecord& key = issued->record;
    Result<> recorded =
        co_await record_operator(audit::Event::api_key_issued, key.account, key.id.to_string());
    if (!recorded) {
        co_return propagate(recorded);
    }
    Result<> added = co_await system_->api_keys().add(key, std::nullopt);
    if (!added) {
        co_return propagate(added);
    }
    co_return issued;
}

Task<Result<std::vector<apikey::ApiKeyRecord>>> Runtime::list_api_keys(AccountId account) {
    co_return co_await system_->api_keys().list(account);
}

Task<Result<>> Runtime::revoke_api_key(AccountId account, ApiKeyId key) {
    Result<std::vector<apikey::ApiKeyRecord>> keys = co_await system_->api_keys().list(account);
    if (!keys) {
        co_return propagate(keys);
    }
    if (std::ranges::count(*keys, key, &apikey::ApiKeyRecord::id) == 0) {
        co_return fail(Errc::not_found, "API key");
    }
    Result<> recorded = co_await record_operator(audit::Event::api_key_revoked, account, key.to_string());
    if (!recorded) {
        co_return recorded;
    }
    Result<bool> revoked = co_await system_->api_keys().revoke(account, key, std::nullopt);
    if (!revoked) {
        co_return propagate(revoked);
    }
    if (!*revoked) {
        co_return fail(Errc::not_found, "API key");
    }
    co_return Result<>();
}

Task<Result<std::size_t>> Runtime::revoke_all_api_keys(AccountId account) {
    Result<> recorded = co_await record_operator(audit::Event::api_keys_revoked, account);
    if (!recorded) {
        co_return propagate(recorded);
    }
    co_return co_await system_->api_keys().revoke_all_for(account);
}

Task<Result<ApiKeyFinding>> Runtime::find_api_key(apikey::ApiKeyHash key_hash) {
    Result<std::optional<apikey::ApiKeyRecord>> found = co_await system_->stores().api_keys->find(key_hash);
    if (!found) {
        co_return propagate(found);
    }
    std::optional<apikey::ApiKeyRecord> key = std::move(*found);
    if (!key) {
        co_return fail(Errc::not_found, "API key: it was never made here, or was revoked");
    }
    Result<account::AccountRecord> account =
        co_await account::load_account(*system_->stores().accounts, key->account);
    if (!account) {
        co_return propagate(account);
    }
    const apikey::KeyState state = apikey::decide(*key, clock_.now());
    ApiKeyFinding finding{.key = std::move(*key), .account = std::move(*account), .state = state};
    co_return finding;
}

Task<Result<IssuedInvitation>> Runtime::invite(account::Invitation invitation) {
    const account::RegistrationMode registration = system_->services().registration;
    if (registration == account::RegistrationMode::closed) {
        co_return fail(
            Errc::config,
            "registration is closed, also for who has an invitation: set registration = \"invitation\", and "
            "start the server again"
        );
    }
    auto code = co_await system_->directory().make_invitation(std::move(invitation), operator_name);
    if (!code) {
        co_return propagate(code);
    }
    IssuedInvitation issued{.code = *code, .link = origin_ + "/register#" + *code};
    co_return issued;
}

Task<Result<>> Runtime::revoke_invitation(std::string code) {
    co_return co_await system_->directory().revoke_invitation(std::move(code), operator_name);
}

Task<Result<>> Runtime::back_up(std::filesystem::path target) {
    co_return co_await database().back_up(std::move(target));
}

Task<Result<std::vector<std::string>>> Runtime::check() {
    co_return co_await database().check(sql::CheckDepth::full);
}

SchemaState Runtime::schema() {
    const bool is_told = is_schema_told_.exchange(true);
    return {.version = database().schema_version(), .applied = is_told ? 0 : database().migrations_applied()};
}

Task<Result<audit::Verification>> Runtime::verify_audit(std::optional<audit::Head> known) {
    co_return co_await system_->audit().verify(known);
}

Task<Result<AuditListing>> Runtime::list_audit(audit::Choice choice) {
    AuditListing listing;
    const Result<> flushed = co_await system_->audit().flush();
    if (!flushed) {  // what is on the disk is asked for all the more
        listing.not_written = flushed.error().code;
        log::warning("audit.not_everything_written", {{"error", flushed.error()}});
    }
    auto events = co_await audit::list(*system_->stores().audit, std::move(choice));
    if (!events) {
        co_return propagate(events);
    }
    listing.events = std::move(*events);
    co_return listing;
}

Result<audit::Refusal> Runtime::explain(std::string_view reference) {
    return system_->references().explain(reference);
}

}  // namespace cardea::server
