// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/session.h"

#include "cardea/base/json_writer.h"
#include "cardea/web/detail/session_access.h"

#include <gtest/gtest.h>

namespace cardea::web {
namespace {

using detail::SessionAccess;

using Change = detail::SessionChange;

FoundSession found_content(std::string_view json) {
    return {
        .content = std::make_shared<const SessionContent>(parse_json(json).value()),
        .id = "one",
        .created_at{},
        .last_seen_at{},
        .live = nullptr,
    };
}

FoundSession found(std::string_view data) {
    return found_content(R"({"data":)" + std::string(data) + "}");
}

const User ada{.id = "7", .name = "Ada", .scopes = {"admin"}};

TEST(Session, gives_back_what_was_set_by_its_type) {
    Session session;
    session.set("flag", true);
    session.set("count", 42);
    session.set("ratio", 0.5);
    session.set("name", "Ada");
    session.set("list", parse_json("[1]").value());

    EXPECT_EQ(session.get<bool>("flag"), true);
    EXPECT_EQ(session.get<int>("count"), 42);
    EXPECT_EQ(session.get<double>("ratio"), 0.5);
    EXPECT_EQ(session.get<std::string>("name"), "Ada");
    EXPECT_EQ(to_string(session.get<Json>("list").value()), "[1]");
}

TEST(Session, gives_nothing_for_another_type_or_range) {
    Session session;
    session.set("name", "Ada");
    session.set("count", 300);

    EXPECT_FALSE(session.get<int>("name"));
    EXPECT_FALSE(session.get<std::uint8_t>("count"));
    EXPECT_FALSE(session.get<bool>("absent"));
    EXPECT_FALSE(session.has("absent"));
}

TEST(Session, notices_a_change_deep_inside) {
    Session session(found(R"({"cart":{"items":[1]}})"));
    session.edit()["cart"]["items"].push_back(Json(std::int64_t{2}));

    EXPECT_EQ(SessionAccess::change(session), Change::update);
}

TEST(Session, has_not_changed_when_it_is_as_it_was) {
    Session session(found(R"({"a":1})"));
    session.set("a", 2);
    session.set("a", 1);
    session.erase("absent");

    EXPECT_EQ(SessionAccess::change(session), Change::none);
}

TEST(Session, has_not_changed_by_being_read) {
    Session session(found(R"({"a":1})"));
    EXPECT_FALSE(SessionAccess::was_read(session));

    EXPECT_EQ(session.get<int>("a"), 1);

    EXPECT_TRUE(SessionAccess::was_read(session));
    EXPECT_EQ(SessionAccess::change(session), Change::none);
}

TEST(Session, begins_with_the_first_value_and_ends_with_the_last) {
    Session visitor;
    EXPECT_EQ(SessionAccess::change(visitor), Change::none);
    visitor.set("a", 1);
    EXPECT_EQ(SessionAccess::change(visitor), Change::begin);
    visitor.erase("a");
    EXPECT_EQ(SessionAccess::change(visitor), Change::none);

    Session session(found(R"({"a":1})"));
    session.clear();
    EXPECT_EQ(SessionAccess::change(session), Change::end);
}

TEST(Session, sign_in_begins_another_one_without_what_the_visitor_left) {
    Session session(found(R"({"cart":[1]})"));
    EXPECT_EQ(SessionAccess::id(session), "one");

    session.sign_in(ada);

    EXPECT_EQ(SessionAccess::change(session), Change::begin);
    EXPECT_FALSE(session.has("cart"));
    EXPECT_EQ(*session.user(), ada);
    EXPECT_EQ(SessionAccess::id(session), "");
}

TEST(Session, finds_the_user_again_in_its_content) {
    Session first;
    first.sign_in(ada);
    const Session second(found_content(to_string(SessionAccess::content(first))));

    ASSERT_NE(second.user(), nullptr);
    EXPECT_EQ(*second.user(), ada);
}

TEST(Session, sign_out_ends_it_and_leaves_room_for_a_message) {
    Session session(found_content(R"({"data":{"a":1},"user":{"id":"7"}})"));

    session.sign_out();
    EXPECT_EQ(session.user(), nullptr);
    EXPECT_EQ(SessionAccess::change(session), Change::end);

    session.flash("info", "You are signed out.");
    EXPECT_EQ(SessionAccess::change(session), Change::begin);
    EXPECT_FALSE(session.has("a"));
}

TEST(Session, signs_the_same_person_in_again_with_other_scopes) {
    Session session(found_content(R"({"data":{"a":1},"user":{"id":"7","name":"Ada","scopes":["admin"]}})"));
    session.set("b", 1);
    const User* before = session.user();

    session.sign_in(*session.user());
    session.sign_out();

    EXPECT_EQ(*before, ada);
    EXPECT_EQ(session.user(), nullptr);
}

TEST(Session, keeps_its_data_in_place_while_messages_are_added) {
    Session session;
    Json& data = session.edit();
    session.flash("info", "One.");
    session.flash("info", "Two.");
    data["a"] = Json(true);

    EXPECT_EQ(session.get<bool>("a"), true);
}

TEST(Session, that_empties_is_kept_until_it_is_cleared) {
    Session session(found_content(R"({"data":{},"flashes":[["info","Hello."]]})"));
    EXPECT_EQ(session.take_flashes().size(), 1U);

    EXPECT_EQ(SessionAccess::change(session), Change::update);
    session.clear();
    EXPECT_EQ(SessionAccess::change(session), Change::end);
}

TEST(Session, rotates_on_demand_and_keeps_its_data) {
    Session session(found(R"({"a":1})"));
    session.rotate();

    EXPECT_EQ(SessionAccess::change(session), Change::rotate);
    EXPECT_EQ(session.get<int>("a"), 1);
}

TEST(Session, shows_a_flash_once_and_in_order) {
    Session session;
    session.flash("success", "Saved.");
    session.flash("warning", "Almost full.");

    EXPECT_EQ(
        session.take_flashes(), (std::vector<Flash>{{"success", "Saved."}, {"warning", "Almost full."}})
    );
    EXPECT_TRUE(session.take_flashes().empty());
    EXPECT_EQ(SessionAccess::change(session), Change::none);
}

TEST(Session, takes_foreign_shapes_of_its_own_members_for_none) {
    Session session(found_content(R"({"data":[1],"user":"root","flashes":{"a":1}})"));

    EXPECT_EQ(session.user(), nullptr);
    EXPECT_TRUE(session.take_flashes().empty());
}

TEST(Session, keeps_the_sign_in_apart_from_every_name) {
    Session session(
        found_content(R"({"data":{"user":{"id":"1"}},"user":{"id":"7","name":"Ada","scopes":["admin"]}})")
    );

    session.set("user", "root");
    session.edit()["flashes"].push_back(Json(true));
    EXPECT_EQ(*session.user(), ada);
    EXPECT_TRUE(session.take_flashes().empty());

    session.edit() = Json(Json::Object());
    EXPECT_EQ(*session.user(), ada);
    EXPECT_EQ(SessionAccess::change(session), Change::update);
}

TEST(Session, leaves_alone_what_another_program_keeps_in_it) {
    Session session(found_content(
        R"({"csrf_token":"t","user":{"id":"7","mfa":false},"flashes":[["info","Hello."]],"data":{"a":1}})"
    ));

    session.set("a", 2);
    EXPECT_EQ(session.take_flashes().size(), 1U);
    EXPECT_EQ(
        to_string(SessionAccess::content(session)),
        R"({"csrf_token":"t","user":{"id":"7","mfa":false},"data":{"a":2}})"
    );

    session.sign_in(ada);
    EXPECT_EQ(SessionAccess::content(session).find("csrf_token"), nullptr);
}

TEST(Session, takes_a_user_without_an_id_for_nobody) {
    EXPECT_EQ(Session(found_content(R"({"data":{},"user":{"id":""}})")).user(), nullptr);
}

TEST(Session, merges_changes_of_different_members) {
    const Json from = parse_json(R"({"data":{"a":1,"b":1,"c":1},"flashes":[]})").value();
    const Json mine = parse_json(R"({"data":{"a":2,"c":1}})").value();
    const Json theirs = parse_json(R"({"data":{"a":1,"b":1,"c":3,"d":4},"flashes":[]})").value();

    EXPECT_EQ(to_string(merge_changes(from, mine, theirs)), R"({"data":{"a":2,"c":3,"d":4}})");
}

}  // namespace
}  // namespace cardea::web
