// SPDX-License-Identifier: Apache-2.0
#include "tests/conformance/backend.h"

#include <gmock/gmock.h>

namespace cardea::testing {

using apikey::ApiKeyHash;
using apikey::ApiKeyRecord;
using apikey::Replacement;
using apikey::Touch;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

namespace {

void expect_same(const ApiKeyRecord& a, const ApiKeyRecord& b) {
    EXPECT_EQ(a.id, b.id);
    EXPECT_EQ(a.key_hash, b.key_hash);
    EXPECT_EQ(a.account, b.account);
    EXPECT_EQ(a.name, b.name);
    EXPECT_EQ(a.hint, b.hint);
    EXPECT_EQ(a.scopes, b.scopes);
    EXPECT_EQ(a.created_at, b.created_at);
    EXPECT_EQ(a.expires_at, b.expires_at);
    EXPECT_EQ(a.last_used_at, b.last_used_at);
    EXPECT_EQ(a.replaced_by, b.replaced_by);
}

std::optional<ApiKeyRecord> find(apikey::ApiKeyStore& store, const ApiKeyHash& hash) {
    Result<std::optional<ApiKeyRecord>> found = run(store.find(hash));
    EXPECT_TRUE(found);
    return found.value_or(std::nullopt);
}

void insert(apikey::ApiKeyStore& store, const ApiKeyRecord& record) {
    const Result<> inserted = run(store.insert(record, {}));
    ASSERT_TRUE(inserted) << inserted.error().context;
}

template <class T>
std::optional<Errc> refusal(const Result<T>& result) {
    return result ? std::nullopt : std::optional(result.error().code);
}

}  // namespace

TEST_P(ApiKeyStoreTest, returns_every_field_as_it_was_inserted) {
    ApiKeyRecord record = make_api_key(add_account());
    record.name = "сервер '\"; DROP TABLE api_key; -- \xF0\x9F\x94\x91";
    record.scopes = "reports:read reports:write";
    record.created_at = at(1);
    record.expires_at = at(7'776'000'003);
    record.last_used_at = at(999);
    record.replaced_by = ApiKeyId::make(random_);
    insert(stores_->api_keys(), record);

    const std::optional<ApiKeyRecord> found = find(stores_->api_keys(), record.key_hash);

    ASSERT_TRUE(found);
    expect_same(*found, record);
}

TEST_P(ApiKeyStoreTest, keeps_a_key_without_end_that_was_never_used) {
    const ApiKeyRecord record = make_api_key(add_account());
    insert(stores_->api_keys(), record);

    const std::optional<ApiKeyRecord> found = find(stores_->api_keys(), record.key_hash);

    ASSERT_TRUE(found);
    expect_same(*found, record);
}

TEST_P(ApiKeyStoreTest, finds_nothing_for_an_unknown_hash) {
    insert(stores_->api_keys(), make_api_key(add_account()));

    EXPECT_FALSE(find(stores_->api_keys(), make_hash()));
}

TEST_P(ApiKeyStoreTest, refuses_a_second_key_with_the_same_id_or_hash) {
    const ApiKeyRecord record = make_api_key(add_account());
    insert(stores_->api_keys(), record);
    ApiKeyRecord same_id = make_api_key(record.account);
    same_id.id = record.id;
    ApiKeyRecord same_hash = make_api_key(record.account);
    same_hash.key_hash = record.key_hash;

    EXPECT_EQ(refusal(run(stores_->api_keys().insert(same_id, {}))), Errc::conflict);
    EXPECT_EQ(refusal(run(stores_->api_keys().insert(same_hash, {}))), Errc::conflict);
    EXPECT_EQ(run(stores_->api_keys().list(record.account)).value().size(), 1U);
}

TEST_P(ApiKeyStoreTest, counts_the_keys_of_each_account_by_itself) {
    const AccountId full = add_account();
    insert(stores_->api_keys(), make_api_key(full));
    insert(stores_->api_keys(), make_api_key(full));

    EXPECT_EQ(refusal(run(stores_->api_keys().insert(make_api_key(full), {.limit = 2}))), Errc::too_large);
    EXPECT_EQ(
        refusal(run(stores_->api_keys().insert(make_api_key(add_account()), {.limit = 2}))), std::nullopt
    );
}

TEST_P(ApiKeyStoreTest, never_exceeds_the_limit_when_many_insert_at_once) {
    const AccountId account = add_account();
    std::vector<ApiKeyRecord> records;
    for (int i = 0; i < 8; ++i) {
        records.push_back(make_api_key(account));
    }

    const int inserted = count_successes([&](int number) {
        return run(stores_->api_keys().insert(records[static_cast<std::size_t>(number)], {.limit = 3}))
            .has_value();
    });

    EXPECT_EQ(inserted, 3);
    EXPECT_EQ(run(stores_->api_keys().list(account)).value().size(), 3U);
}

TEST_P(ApiKeyStoreTest, lists_the_keys_of_one_account_newest_first) {
    const AccountId account = add_account();
    std::vector<ApiKeyId> ids;
    for (int i = 0; i < 3; ++i) {
        ApiKeyRecord record = make_api_key(account);
        record.created_at = at(i);
        ids.push_back(record.id);
        insert(stores_->api_keys(), record);
    }
    insert(stores_->api_keys(), make_api_key(add_account()));

    const auto records = run(stores_->api_keys().list(account));
    ASSERT_TRUE(records);
    std::vector<ApiKeyId> listed;
    for (const ApiKeyRecord& record : *records) {
        listed.push_back(record.id);
    }

    EXPECT_THAT(listed, ElementsAre(ids[2], ids[1], ids[0]));
    EXPECT_THAT(run(stores_->api_keys().list(AccountId::make(random_))).value(), IsEmpty());
}

TEST_P(ApiKeyStoreTest, replaces_a_key_once) {
    const ApiKeyRecord old = make_api_key(add_account());
    insert(stores_->api_keys(), old);
    const Replacement replacement{old.id, at(5'000), make_api_key(old.account)};

    ASSERT_TRUE(run(stores_->api_keys().replace(replacement, {})));
    const Replacement again{old.id, at(9'000), make_api_key(old.account)};
    EXPECT_EQ(refusal(run(stores_->api_keys().replace(again, {}))), Errc::conflict);

    const std::optional<ApiKeyRecord> replaced = find(stores_->api_keys(), old.key_hash);
    ASSERT_TRUE(replaced);
    EXPECT_EQ(replaced->expires_at, at(5'000));
    EXPECT_EQ(replaced->replaced_by, replacement.new_key.id);
    EXPECT_TRUE(find(stores_->api_keys(), replacement.new_key.key_hash));
    EXPECT_FALSE(find(stores_->api_keys(), again.new_key.key_hash));
}

TEST_P(ApiKeyStoreTest, replacing_never_lengthens_the_old_key) {
    ApiKeyRecord old = make_api_key(add_account());
    old.expires_at = at(1'000);
    insert(stores_->api_keys(), old);

    ASSERT_TRUE(run(stores_->api_keys().replace({old.id, at(5'000), make_api_key(old.account)}, {})));

    EXPECT_EQ(find(stores_->api_keys(), old.key_hash)->expires_at, at(1'000));
}

TEST_P(ApiKeyStoreTest, replaces_nothing_of_another_account_and_nothing_when_there_is_no_room) {
    const ApiKeyRecord old = make_api_key(add_account());
    insert(stores_->api_keys(), old);

    const Replacement foreign{old.id, at(1), make_api_key(add_account())};
    EXPECT_EQ(refusal(run(stores_->api_keys().replace(foreign, {}))), Errc::not_found);
    const Replacement crowded{old.id, at(1), make_api_key(old.account)};
    EXPECT_EQ(refusal(run(stores_->api_keys().replace(crowded, {.limit = 1}))), Errc::too_large);

    expect_same(*find(stores_->api_keys(), old.key_hash), old);
}

TEST_P(ApiKeyStoreTest, removes_one_key_of_its_own_account_only) {
    const ApiKeyRecord record = make_api_key(add_account());
    insert(stores_->api_keys(), record);

    EXPECT_FALSE(run(stores_->api_keys().remove(add_account(), record.id, {})).value());
    EXPECT_TRUE(run(stores_->api_keys().remove(record.account, record.id, {})).value());
    EXPECT_FALSE(run(stores_->api_keys().remove(record.account, record.id, {})).value());
    EXPECT_FALSE(find(stores_->api_keys(), record.key_hash));
}

TEST_P(ApiKeyStoreTest, removes_for_a_session_of_the_account_while_it_is_there) {
    const ApiKeyRecord record = make_api_key(add_account());
    ASSERT_TRUE(run(stores_->api_keys().insert(record, {})));
    const session::SessionRecord asking = make_session(record.account);
    const session::SessionRecord of_another = make_session(add_account());
    ASSERT_TRUE(run(stores_->sessions().insert(asking, {})));
    ASSERT_TRUE(run(stores_->sessions().insert(of_another, {})));
    const auto remove_for = [&](SessionId session) {
        return run(stores_->api_keys().remove(record.account, record.id, session));
    };

    EXPECT_EQ(remove_for(of_another.id).error().code, Errc::unauthenticated);
    EXPECT_EQ(remove_for(SessionId::make(random_)).error().code, Errc::unauthenticated);
    EXPECT_TRUE(run(stores_->api_keys().find(record.key_hash)).value());
    EXPECT_TRUE(remove_for(asking.id).value());
}

TEST_P(ApiKeyStoreTest, removes_all_keys_of_an_account_and_says_how_many) {
    const ApiKeyRecord mine = make_api_key(add_account());
    const ApiKeyRecord other = make_api_key(add_account());
    insert(stores_->api_keys(), mine);
    insert(stores_->api_keys(), make_api_key(mine.account));
    insert(stores_->api_keys(), other);

    EXPECT_EQ(run(stores_->api_keys().remove_all(mine.account)).value(), 2U);
    EXPECT_FALSE(find(stores_->api_keys(), mine.key_hash));
    EXPECT_TRUE(find(stores_->api_keys(), other.key_hash));
}

TEST_P(ApiKeyStoreTest, removing_an_account_removes_its_keys) {
    const ApiKeyRecord record = make_api_key(add_account());
    insert(stores_->api_keys(), record);

    ASSERT_TRUE(run(stores_->accounts().remove(record.account)).value());

    EXPECT_FALSE(find(stores_->api_keys(), record.key_hash));
}

TEST_P(ApiKeyStoreTest, moves_last_used_forward_and_never_back) {
    const ApiKeyRecord record = make_api_key(add_account());
    insert(stores_->api_keys(), record);

    ASSERT_TRUE(run(stores_->api_keys().touch({{record.key_hash, at(50)}, {make_hash(), at(50)}})));
    ASSERT_TRUE(run(stores_->api_keys().touch({{record.key_hash, at(20)}})));

    EXPECT_EQ(find(stores_->api_keys(), record.key_hash)->last_used_at, at(50));
}

TEST_P(ApiKeyStoreTest, purges_at_most_the_limit_of_what_has_ended) {
    const AccountId account = add_account();
    for (int i = 0; i < 3; ++i) {
        ApiKeyRecord ended = make_api_key(account);
        ended.expires_at = at(i);
        insert(stores_->api_keys(), ended);
    }
    insert(stores_->api_keys(), make_api_key(account));

    EXPECT_EQ(run(stores_->api_keys().purge_expired(at(1), 1)).value(), 1U);
    EXPECT_EQ(run(stores_->api_keys().purge_expired(at(1), 10)).value(), 1U);
    EXPECT_EQ(run(stores_->api_keys().purge_expired(at(1), 10)).value(), 0U);
    EXPECT_EQ(run(stores_->api_keys().list(account)).value().size(), 2U);
}

TEST_P(ApiKeyStoreTest, adds_keys_for_a_session_of_the_account_while_it_is_there) {
    const ApiKeyRecord key = make_api_key(add_account());
    const session::SessionRecord session = make_session(key.account);
    const session::SessionRecord of_another = make_session(add_account());
    ASSERT_TRUE(run(stores_->sessions().insert(session, {})));
    ASSERT_TRUE(run(stores_->sessions().insert(of_another, {})));
    const ApiKeyRecord late = make_api_key(key.account);
    const Replacement rotation{key.id, at(5'000), late};

    EXPECT_EQ(
        refusal(run(stores_->api_keys().insert(key, {.session = of_another.id}))), Errc::unauthenticated
    );
    EXPECT_EQ(refusal(run(stores_->api_keys().insert(key, {.session = session.id}))), std::nullopt);
    ASSERT_TRUE(run(stores_->sessions().remove(key.account, session.id, {})).value());
    EXPECT_EQ(refusal(run(stores_->api_keys().insert(late, {.session = session.id}))), Errc::unauthenticated);
    EXPECT_EQ(
        refusal(run(stores_->api_keys().replace(rotation, {.session = session.id}))), Errc::unauthenticated
    );

    EXPECT_FALSE(find(stores_->api_keys(), late.key_hash));
    EXPECT_EQ(find(stores_->api_keys(), key.key_hash)->expires_at, std::nullopt);
}

}  // namespace cardea::testing
