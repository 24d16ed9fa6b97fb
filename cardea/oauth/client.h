// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/single_flight.h"
#include "cardea/http/client.h"
#include "cardea/jose/jwt.h"
#include "cardea/oauth/authorization.h"
#include "cardea/oauth/identity.h"
#include "cardea/oauth/pending_authorization.h"
#include "cardea/oauth/provider.h"
#include "cardea/oauth/remote_key_set.h"
#include "cardea/oauth/tokens.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace cardea::oauth {

/// What a client works with; all of it outlives the client.
struct ClientParts {
    http::Client& http;
    const crypto::Keyring& keyring;
    const Clock& clock;
    Random& random;
};

/// A sign-in that succeeded.
struct SignedIn {
    Identity identity;
    Tokens tokens;     ///< for the provider's APIs; drop them when you call none
    std::string next;  ///< as AuthorizationOptions had it
};

/// One provider, and this program as its client. Thread-safe. `browser` is what binds a sign-in to the
/// browser that began it: 16 random bytes or more that its session or a cookie of its own holds, the same in
/// all its tabs. Never a constant, and not Session::id(), which a visitor has none of.
class Client {
 public:
    /// Errc::config with a sentence that says what to set.
    [[nodiscard]] static Result<std::unique_ptr<Client>> make(ProviderOptions options, ClientParts parts);
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    /// Where to send the browser. The first time, it asks the provider for its metadata:
    /// Errc::upstream_unavailable, Errc::destination_refused, Errc::invalid (of another issuer).
    /// Errc::internal for a `browser` that is too short to be random; Errc::unsupported when a recent sign-in
    /// is asked for and the provider has no ID tokens, which would prove it.
    [[nodiscard]] Task<Result<std::string>> begin_authorization(
        AuthorizationOptions asked, std::string browser
    );

    /// What the redirect URI was called with, once: the code is exchanged and everything checked.
    /// Errc::csrf_rejected when this browser did not begin it (a stolen or forged `state`), Errc::expired,
    /// Errc::authorization_denied, Errc::grant_invalid (a code that was used), the errors of verify_id_token,
    /// among them Errc::step_up_required where AuthorizationOptions::max_age was asked for,
    /// Errc::invalid for whatever else does not fit, Errc::upstream_unavailable; Errc::busy while as many are
    /// under way as leave room for other requests.
    [[nodiscard]] Task<Result<SignedIn>> finish_authorization(std::string query, std::string browser);

    /// New tokens for a refresh token, among them the refresh token to use next time. `subject` is
    /// Identity::subject of whom it belongs to: an ID token of somebody else is Errc::invalid.
    /// Errc::grant_invalid when the person has to sign in again.
    [[nodiscard]] Task<Result<Tokens>> refresh(SecretText refresh_token, std::string subject);

    /// Where to send the browser so that the person is signed out at the provider too (RP-Initiated Logout
    /// 1.0), and comes back to `post_logout_redirect_uri`, which may be empty. No ID token goes into the URL:
    /// the provider may ask the person instead. Errc::unsupported when it has no such place.
    [[nodiscard]] Task<Result<std::string>> end_session_url(std::string post_logout_redirect_uri);

    [[nodiscard]] const ProviderOptions& options() const noexcept { return options_; }

 private:
    struct Provider;
    using ProviderPointer = std::shared_ptr<Provider>;

    Client(ProviderOptions options, ClientParts parts);

    [[nodiscard]] Task<Result<SignedIn>> exchange_code(AuthorizationResponse response, std::string browser);
    [[nodiscard]] Task<Result<ProviderPointer>> provider();
    [[nodiscard]] Task<Result<>> discover();
    [[nodiscard]] ProviderPointer known_provider() const;
    [[nodiscard]] bool is_discovery_due() const;
    void keep(ProviderMetadata metadata, Time fresh_until);

    [[nodiscard]] Task<Result<Tokens>> exchange(http::ClientRequest request);
    /// What an ID token has to agree with, of what was asked for.
    struct Asked {
        std::optional<std::string> nonce;
        std::optional<Time> sign_in_since;
    };
    [[nodiscard]] Task<Result<jose::VerifiedClaims>> verify(
        Provider& provider, const Tokens& tokens, Asked asked
    );
    [[nodiscard]] Task<Result<Identity>> identify(Provider& provider, const Tokens& tokens, Asked asked);
    [[nodiscard]] Task<Result<Identity>> identify_at_github(Provider& provider, const Tokens& tokens);
    [[nodiscard]] Task<Result<Json>> get_json(http::Url url, const SecretText& access_token);
    [[nodiscard]] StateBinding binding(std::string_view browser) const noexcept;

    const ProviderOptions options_;
    const ClientParts parts_;
    SingleFlight discovery_;
    // Shared with what is under way: an event loop may outlive the client, and what was left in it ends then.
    std::shared_ptr<std::atomic<std::size_t>> exchanges_ = std::make_shared<std::atomic<std::size_t>>(0);
    mutable std::mutex mutex_;
    ProviderPointer provider_;
    Time may_discover_from_;
};

}  // namespace cardea::oauth
