// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/account_world.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

/// What the tests of account::FederationService share.
namespace cardea::account {

inline ProvenIdentity at_provider(std::string_view subject, std::string_view email = {}) {
    return {
        .issuer = "https://accounts.example.org",
        .subject = std::string(subject),
        .email = std::string(email),
        .is_email_verified = !email.empty(),
        .name = "Anna",
    };
}

class Federation : public ::testing::Test {
 protected:
    explicit Federation(RegistrationMode mode = RegistrationMode::open) : world(with(mode)) {}

    static testing::WorldOptions with(RegistrationMode mode) {
        testing::WorldOptions options;
        options.policy.registration = mode;
        return options;
    }

    Result<FederatedOutcome> come_back(ProvenIdentity who, AccountId account = {}) {
        const flow::FlowState flow = world.federation.begin_sign_in("/wiki", account);
        return testing::run(world.federation.sign_in(flow, std::move(who), world.wish, world.facts));
    }
    SignedIn sign_in(ProvenIdentity who) { return std::get<SignedIn>(come_back(std::move(who)).value()); }
    FederatedQuestion ask(ProvenIdentity who) {
        return std::get<FederatedQuestion>(come_back(std::move(who)).value());
    }
    Result<SignedIn> newly(const FederatedQuestion& question, std::string invitation = {}) {
        return testing::run(
            world.federation.sign_in_newly(question.flow, std::move(invitation), world.wish, world.facts)
        );
    }
    Result<SignedIn> by_password(const FederatedQuestion& question, std::string_view password) {
        return testing::run(
            world.federation.sign_in_by_password(question.flow, SecretText(password), world.wish, world.facts)
        );
    }
    Result<FederationService::Linked> link(const session::SessionRecord& session, ProvenIdentity who) {
        const flow::FlowState flow =
            testing::run(world.federation.begin_linking(session, world.facts)).value();
        return testing::run(world.federation.link(session, flow, std::move(who), world.facts));
    }
    /// An account whose address is proven, with the usual password.
    SignedIn proven_person(std::string_view email) {
        const SignedIn signed_in = sign_in(at_provider(email, email));
        const auto token = testing::run(world.service.set_first_password(
            signed_in.session.record, SecretText(testing::AccountWorld::good_password), world.facts
        ));
        EXPECT_TRUE(token);
        return world.sign_in(email).value();
    }
    std::vector<FederatedIdentity> identities(AccountId account) {
        return testing::run(world.federation.list(account)).value();
    }
    bool has_row(audit::Event event) {
        return std::ranges::any_of(world.rows(), [&](const audit::AuditRecord& row) {
            return row.event == name(event);
        });
    }
    /// What came of everything of that kind, in its order.
    std::string outcomes_of(audit::Event event) {
        std::string outcomes;
        for (const audit::AuditRecord& row : world.rows()) {
            outcomes += row.event == name(event) ? row.outcome + " " : "";
        }
        return outcomes;
    }
    /// Whether the row names this person there.
    static bool names(const audit::AuditRecord& row, std::string_view subject) {
        return row.personal.contains(R"("subject":")" + std::string(subject) + '"') &&
               row.personal.contains(R"("issuer":"https://accounts.example.org")");
    }
    /// Whether there are rows of that event, and each names this person there.
    bool has_rows_of(audit::Event event, std::string_view subject) {
        std::vector<audit::AuditRecord> rows = world.rows();
        std::erase_if(rows, [&](const audit::AuditRecord& row) { return row.event != name(event); });
        return !rows.empty() &&
               std::ranges::all_of(rows, [&](const audit::AuditRecord& row) { return names(row, subject); });
    }

    testing::AccountWorld world;
};

template <class T>
std::optional<Errc> refusal(const Result<T>& result) {
    return result ? std::nullopt : std::optional(result.error().code);
}

}  // namespace cardea::account
