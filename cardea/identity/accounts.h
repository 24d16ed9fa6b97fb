// SPDX-License-Identifier: Apache-2.0
/// identity: the system of accounts, whole: people who register, sign in and out, see and end their sessions,
/// change their password and make API keys; pages, a JSON API and forward auth for it. It is what the server
/// `cardea` serves, and what a program mounts in an App of its own:
///
///     App app;
///     app.use(identity::accounts({.secret = env("SECRET_KEY"), .data = "data"}));
///     app.get("/notes", requires_scopes("authenticated", {.redirect = "/login"}), notes);
///     return app.run();
///
/// Everything is kept in one SQLite database, which `cardea account`, `cardea session` and the other commands
/// work on while the program does not run.
#pragma once

#include "cardea/identity/system.h"
#include "cardea/web/extension.h"
#include "cardea/web/secrets.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cardea::identity {

/// What a program decides about its accounts. Only the secret must be given.
struct AccountsOptions {
    web::Secrets secret;                  ///< newest first; signs and seals what is kept
    std::filesystem::path data = "data";  ///< folder of the database, made (mode 0700) when it is not there
    /// Who may make an account. Absent: everybody where only this machine reaches the program, else nobody.
    std::optional<account::RegistrationMode> registration;
    session::SessionPolicy session;
    account::PasswordDeskOptions passwords;
    ScopesOf scopes;                  ///< what people may do beside being signed in; absent: no scopes
    PageRenderer page = render_page;  ///< puts the program's own head and navigation around the pages
    /// Where people may sign in instead of here, over `network`, such as a fetch::Client, which outlives
    /// this. The redirect URI of each is set here: `/login/<id>/callback` of the program.
    std::vector<ProviderOffer> providers;
    http::Client* network = nullptr;
    std::string home = "/account";   ///< where a sign-in leads that wanted nowhere else
    bool forward_auth_keys = false;  ///< a proxy lets requests with an API key pass
};

/// The accounts of a program. Thread-safe once the App has started; outlived by the event loops of
/// App::run().
class Accounts final : public web::Extension {
 public:
    explicit Accounts(AccountsOptions options);
    ~Accounts() override;

    [[nodiscard]] Result<> join(web::App& app, const web::Setup& setup) override;

    /// What is behind the pages, for handlers and for work of the program's own. Before the App has started
    /// this throws std::logic_error.
    [[nodiscard]] System& system() const;

    /// To be called when AccountsOptions::scopes says something else of an account than before: it counts
    /// from the next request on, for sessions and API keys that are in use too.
    void scopes_changed(AccountId account);

 private:
    struct State;

    [[nodiscard]] Result<stores::SqliteStores> open_folder();
    [[nodiscard]] SystemOptions system_options(const web::Setup& setup);

    AccountsOptions options_;
    std::unique_ptr<State> state_;
};

/// For App::use(): accounts with the routes of docs/modules/identity.md.
[[nodiscard]] std::shared_ptr<Accounts> accounts(AccountsOptions options);

}  // namespace cardea::identity
