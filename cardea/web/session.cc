// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/session.h"

#include <algorithm>

namespace cardea::web {
namespace {

// What a program stores stands in a member of its own: no name that it uses can stand for a sign-in.
constexpr std::string_view data_member = "data";
constexpr std::string_view user_member = "user";
constexpr std::string_view flashes_member = "flashes";

Json text(std::string_view value) {
    return Json(std::string(value));
}

Json to_json(const User& user) {
    Json::Array scopes;
    for (const std::string& scope : user.scopes) {
        scopes.push_back(text(scope));
    }
    return Json(
        Json::Object{{"id", text(user.id)}, {"name", text(user.name)}, {"scopes", Json(std::move(scopes))}}
    );
}

std::optional<User> user_of(const Json& content) {
    const Json* member = content.find(user_member);
    const std::optional<std::string_view> id = member != nullptr ? member->find_text("id") : std::nullopt;
    if (!id) {
        return std::nullopt;
    }
    User user{
        .id = std::string(*id), .name = std::string(member->find_text("name").value_or("")), .scopes = {}
    };
    if (const Json* scopes = member->find("scopes")) {
        for (const Json& scope : scopes->items()) {
            user.scopes.emplace_back(scope.as_text().value_or(""));
        }
    }
    return user;
}

const Json& data_of(const Json& content) {
    static const Json nothing{Json::Object()};
    const Json* data = content.find(data_member);
    return data != nullptr && data->is_object() ? *data : nothing;
}

bool is_empty(const Json& content) {
    return std::ranges::all_of(content.members(), [&](const Json::Member& member) {
        return member.name == data_member && data_of(content).members().empty();
    });
}

Json merge_members(const Json& from, const Json& to, Json onto) {
    for (const Json::Member& member : to.members()) {
        const Json* before = from.find(member.name);
        if (before == nullptr || *before != member.value) {
            onto[member.name] = member.value;
        }
    }
    for (const Json::Member& member : from.members()) {
        if (to.find(member.name) == nullptr) {
            onto.erase(member.name);
        }
    }
    return onto;
}

}  // namespace

Json content_of(const User& user) {
    Json content{Json::Object{{std::string(data_member), Json(Json::Object())}}};
    content[user_member] = to_json(user);
    return content;
}

SessionContent::SessionContent(Json json) : json_(std::move(json)), user_(user_of(json_)) {}

const FoundSession* Session::found() const {
    if (finder_ != nullptr && !std::exchange(was_sought_, true)) {
        found_ = finder_->find(cookie_);
    }
    return found_ ? &*found_ : nullptr;
}

const Json& Session::found_content() const {
    static const Json nothing{Json::Object()};
    const FoundSession* session = found();
    return session != nullptr ? session->content->json() : nothing;
}

const Json& Session::content() const {
    was_read_ = true;
    return changed_ ? *changed_ : found_content();
}

Json& Session::content_to_change() {
    was_read_ = true;
    if (!changed_) {
        changed_ = found_content();
        (*changed_)[data_member] = data_of(found_content());
    }
    return *changed_;
}

const Json& Session::data() const {
    return data_of(content());
}

Json& Session::data() {
    return content_to_change()[data_member];
}

void Session::erase(std::string_view name) {
    if (has(name)) {
        data().erase(name);
    }
}

void Session::clear() {
    content_to_change() = Json(Json::Object{{std::string(data_member), Json(Json::Object())}});
    user_.reset();
}

void Session::rotate() {
    was_read_ = true;
    if (renewal_ == Renewal::none) {
        renewal_ = Renewal::token;
    }
}

void Session::sign_in(const User& user) {
    content_to_change() = content_of(user);
    user_.reset();
    renewal_ = Renewal::session;
}

void Session::sign_out() {
    clear();
    renewal_ = Renewal::session;
}

const User* Session::user() const {
    was_read_ = true;
    if (!changed_) {
        const FoundSession* session = found();
        return session != nullptr && session->content->user() ? &*session->content->user() : nullptr;
    }
    if (!user_) {
        user_ = user_of(*changed_);
    }
    return user_ ? &*user_ : nullptr;
}

void Session::flash(std::string_view kind, std::string_view message) {
    content_to_change()[flashes_member].push_back(Json(Json::Array{text(kind), text(message)}));
}

std::vector<Flash> Session::take_flashes() {
    std::vector<Flash> flashes;
    const Json* waiting = content().find(flashes_member);
    if (waiting == nullptr) {
        return flashes;
    }
    for (const Json& item : waiting->items()) {
        if (const std::span<const Json> parts = item.items(); parts.size() == 2) {
            flashes.push_back({
                .kind = std::string(parts[0].as_text().value_or("")),
                .text = std::string(parts[1].as_text().value_or("")),
            });
        }
    }
    content_to_change().erase(flashes_member);
    return flashes;
}

Session::Change Session::change() const {
    if (!changed_ && renewal_ == Renewal::none) {
        return Change::none;
    }
    const bool existed = found() != nullptr;
    const Json& content = changed_ ? *changed_ : found_content();
    if (is_empty(content)) {
        return existed ? Change::end : Change::none;
    }
    if (!existed || renewal_ == Renewal::session) {
        return Change::begin;
    }
    if (renewal_ == Renewal::token) {
        return Change::rotate;
    }
    return content == found_content() ? Change::none : Change::update;
}

std::string_view Session::id() const {
    was_read_ = true;
    const FoundSession* session = is_renewed() ? nullptr : found();
    return session != nullptr ? std::string_view(session->id) : std::string_view();
}

void Session::discard() {
    changed_.reset();
    user_.reset();
    renewal_ = Renewal::none;
}

Json merge_changes(const Json& from, const Json& to, Json onto) {
    Json data = merge_members(data_of(from), data_of(to), data_of(onto));
    Json merged = merge_members(from, to, std::move(onto));
    merged[data_member] = std::move(data);
    return merged;
}

}  // namespace cardea::web
