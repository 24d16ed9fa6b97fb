// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/session.h"

#include <algorithm>

namespace cardea::web {

using detail::SessionChange;

namespace {

// What a program stores stands in a member of its own: no name that it uses can stand for a sign-in.
constexpr std::string_view data_member = "data";
constexpr std::string_view user_member = "user";
constexpr std::string_view flashes_member = "flashes";
constexpr std::string_view limited_member = "limited";  // of the user

Json text(std::string_view value) {
    return Json(std::string(value));
}

Json to_json(const User& user) {
    Json::Array scopes;
    for (const std::string& scope : user.scopes) {
        scopes.push_back(text(scope));
    }
    Json json(
        Json::Object{{"id", text(user.id)}, {"name", text(user.name)}, {"scopes", Json(std::move(scopes))}}
    );
    if (user.is_limited) {
        json[limited_member] = Json(true);
    }
    return json;
}

std::optional<User> user_of(const Json& content) {
    const Json* member = content.find(user_member);
    const std::optional<std::string_view> id = member != nullptr ? member->find_text("id") : std::nullopt;
    if (!id || id->empty()) {
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
    const Json* limited = member->find(limited_member);
    user.is_limited = limited != nullptr && limited->as_bool().value_or(false);
    return user;
}

std::vector<Flash> flashes_of(const Json& content) {
    std::vector<Flash> flashes;
    const Json* waiting = content.find(flashes_member);
    for (const Json& item : waiting != nullptr ? waiting->items() : std::span<const Json>()) {
        if (const std::span<const Json> parts = item.items(); parts.size() == 2) {
            flashes.push_back({
                .kind = std::string(parts[0].as_text().value_or("")),
                .text = std::string(parts[1].as_text().value_or("")),
            });
        }
    }
    return flashes;
}

Json data_of(const Json& content) {
    const Json* data = content.find(data_member);
    return data != nullptr && data->is_object() ? *data : Json(Json::Object());
}

Json to_content(Json data, const User* user, const std::vector<Flash>& flashes) {
    Json content{Json::Object{{std::string(data_member), std::move(data)}}};
    if (user != nullptr) {
        content[user_member] = to_json(*user);
    }
    for (const Flash& flash : flashes) {
        content[flashes_member].push_back(Json(Json::Array{text(flash.kind), text(flash.text)}));
    }
    return content;
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
    return to_content(Json(Json::Object()), &user, {});
}

SessionContent::SessionContent(Json json)
    : json_(std::move(json)), data_(data_of(json_)), user_(user_of(json_)), flashes_(flashes_of(json_)) {}

const FoundSession* Session::found() const {
    if (finder_ != nullptr && !std::exchange(was_sought_, true)) {
        found_ = finder_->find(cookie_);
    }
    return found_ ? &*found_ : nullptr;
}

const SessionContent& Session::found_content() const {
    static const SessionContent nothing{Json(Json::Object())};
    const FoundSession* session = found();
    return session != nullptr ? *session->content : nothing;
}

Session::Changed& Session::change_it() {
    was_read_ = true;
    if (!changed_) {
        const SessionContent& content = found_content();
        changed_ = Changed{content.data(), content.user(), content.flashes()};
    }
    return *changed_;
}

const Json& Session::data() const {
    was_read_ = true;
    return changed_ ? changed_->data : found_content().data();
}

Json& Session::edit() {
    return change_it().data;
}

void Session::erase(std::string_view name) {
    if (has(name)) {
        edit().erase(name);
    }
}

void Session::rotate() {
    was_read_ = true;
    if (renewal_ == Renewal::none) {
        renewal_ = Renewal::token;
    }
}

void Session::sign_in(User user) {
    clear();
    change_it().user = &signed_in_.emplace_back(std::move(user));
}

void Session::clear() {
    change_it() = Changed{Json(Json::Object()), nullptr, {}};
    renewal_ = Renewal::session;
}

const User* Session::user() const {
    was_read_ = true;
    return changed_ ? changed_->user : found_content().user();
}

void Session::flash(std::string_view kind, std::string_view message) {
    change_it().flashes.push_back({.kind = std::string(kind), .text = std::string(message)});
}

std::vector<Flash> Session::take_flashes() {
    was_read_ = true;
    const std::vector<Flash>& waiting = changed_ ? changed_->flashes : found_content().flashes();
    return waiting.empty() ? std::vector<Flash>() : std::exchange(change_it().flashes, {});
}

Json Session::content() const {
    was_read_ = true;
    if (!changed_ || is_renewed()) {
        return changed_ ? to_content(changed_->data, changed_->user, changed_->flashes)
                        : found_content().json();
    }
    // What another program keeps in a session that it shares stays: only a renewal changes the user.
    const Json own = to_content(changed_->data, nullptr, changed_->flashes);
    Json content = found_content().json();
    content.erase(flashes_member);
    for (const Json::Member& member : own.members()) {
        content[member.name] = member.value;
    }
    return content;
}

bool Session::is_empty() const {
    return changed_ && changed_->data.members().empty() && changed_->user == nullptr &&
           changed_->flashes.empty();
}

detail::SessionChange Session::change() const {
    if (!changed_ && renewal_ == Renewal::none) {
        return SessionChange::none;
    }
    const bool existed = found() != nullptr;
    if (is_empty() && (!existed || is_renewed())) {
        return existed ? SessionChange::end : SessionChange::none;
    }
    if (!existed || is_renewed()) {
        return changed_ ? SessionChange::begin : SessionChange::none;
    }
    if (renewal_ == Renewal::token) {
        return SessionChange::rotate;
    }
    return content() == found_content().json() ? SessionChange::none : SessionChange::update;
}

std::string_view Session::id() const {
    was_read_ = true;
    const FoundSession* session = is_renewed() ? nullptr : found();
    return session != nullptr ? std::string_view(session->id) : std::string_view();
}

void Session::discard() {
    changed_.reset();
    renewal_ = Renewal::none;
}

Json merge_changes(const Json& from, const Json& to, Json onto) {
    Json data = merge_members(data_of(from), data_of(to), data_of(onto));
    Json merged = merge_members(from, to, std::move(onto));
    merged[data_member] = std::move(data);
    return merged;
}

}  // namespace cardea::web
