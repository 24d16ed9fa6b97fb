// SPDX-License-Identifier: Apache-2.0
#include "cardea/identity/accounts.h"

#include "cardea/http/url.h"
#include "cardea/identity/site.h"
#include "cardea/sql/data_folder_lock.h"
#include "cardea/web/app.h"

#include <stdexcept>
#include <utility>

namespace cardea::identity {
namespace {

/// The housekeeping of a System as part of an App.
class Housekeeping final : public web::Middleware {
 public:
    explicit Housekeeping(System& system) : system_(system) {}

    [[nodiscard]] Task<> maintain() override {
        co_await system_.maintain();
        co_await system_.write_out();
    }

 private:
    System& system_;
};

account::RegistrationMode usual_registration(const web::Setup& setup) {
    const bool is_private = setup.only_this_machine && !setup.origin.is_https();
    return is_private ? account::RegistrationMode::open : account::RegistrationMode::closed;
}

}  // namespace

/// In the order in which they need each other.
struct Accounts::State {
    sql::DataFolderLock lock;
    crypto::Keyring keyring;
    std::unique_ptr<System> system;
    std::unique_ptr<Site> site;
};

Accounts::Accounts(AccountsOptions options) : options_(std::move(options)) {}

Accounts::~Accounts() = default;

Result<> Accounts::join(web::App& app, const web::Setup& setup) {
    Result<stores::SqliteStores> stores = open_folder();
    if (!stores) {
        return fail(Errc::config, "accounts: " + stores.error().context);
    }
    const SystemParts parts{state_->keyring, setup.clock, setup.random, options_.network};
    Result<std::unique_ptr<System>> system = System::make(parts, system_options(setup), std::move(*stores));
    if (!system) {
        return fail(Errc::config, "accounts: " + system.error().context);
    }
    state_->system = std::move(*system);
    state_->site = std::make_unique<Site>(
        state_->system->services(),
        ForwardAuth::Options{
            .public_url = setup.origin.text(),
            .cookie_domain = {},
            .takes_api_keys = options_.forward_auth_keys,
        }
    );
    state_->site->add_to(app, setup.origin);
    app.use(std::make_unique<Housekeeping>(*state_->system));
    return {};
}

Result<stores::SqliteStores> Accounts::open_folder() {
    Result<crypto::Keyring> keyring = options_.secret.keyring();
    if (!keyring) {
        return propagate(keyring);
    }
    if (Result<> made = sql::make_data_folder(options_.data); !made) {
        return propagate(made);
    }
    Result<sql::DataFolderLock> lock = sql::DataFolderLock::acquire(options_.data);
    if (!lock) {
        return propagate(lock);
    }
    state_.reset(new State{std::move(*lock), std::move(*keyring), nullptr, nullptr});
    return stores::open_sqlite(options_.data / stores::database_name);
}

SystemOptions Accounts::system_options(const web::Setup& setup) {
    SystemOptions options;
    options.registration = options_.registration.value_or(usual_registration(setup));
    options.session = options_.session;
    options.https = setup.origin.is_https();
    options.passwords = options_.passwords;
    options.passwords.site_words.emplace_back(http::parse_url(setup.origin.text())->host());
    options.scopes = options_.scopes;
    options.page = options_.page;
    options.home = options_.home;
    options.providers = std::move(options_.providers);
    for (ProviderOffer& offer : options.providers) {
        offer.oauth.registration.redirect_uri = setup.origin.text() + callback_path(offer.id);
    }
    return options;
}

System& Accounts::system() const {
    if (state_ == nullptr) {
        throw std::logic_error("the accounts are used before the App has started");
    }
    return *state_->system;
}

void Accounts::scopes_changed(AccountId account) {
    system().sessions().drop_cached(account);
    system().api_keys().drop_cached(account);
}

std::shared_ptr<Accounts> accounts(AccountsOptions options) {
    return std::make_shared<Accounts>(std::move(options));
}

}  // namespace cardea::identity
