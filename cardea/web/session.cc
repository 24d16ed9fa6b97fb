// SPDX-License-Identifier: Apache-2.0
#include "cardea/web/session.h"

#include <stdexcept>

namespace cardea::web {
namespace {

constexpr std::string_view user_member = "_user";
constexpr std::string_view flashes_member = "_flashes";

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

std::optional<User> user_of(const Json& data) {
    const Json* member = data.find(user_member);
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

bool is_empty(const Json& data) noexcept {
    return data.members().empty();
}

}  // namespace

SessionContent::SessionContent(Json data) : data_(std::move(data)), user_(user_of(data_)) {}

const FoundSession* Session::found() const {
    if (finder_ != nullptr && !std::exchange(was_sought_, true)) {
        found_ = finder_->find(cookie_);
    }
    return found_ ? &*found_ : nullptr;
}

const Json& Session::found_data() const {
    static const Json nothing{Json::Object()};
    const FoundSession* session = found();
    return session != nullptr ? session->content->data() : nothing;
}

const Json& Session::data() const {
    was_read_ = true;
    return changed_ ? *changed_ : found_data();
}

Json& Session::data() {
    was_read_ = true;
    user_.reset();
    if (!changed_) {
        changed_ = found_data();
    }
    return *changed_;
}

void Session::put(std::string_view name, Json value) {
    if (name.starts_with('_')) {
        throw std::invalid_argument("a session's names that begin with '_' are Cardea's own");
    }
    data()[name] = std::move(value);
}

void Session::erase(std::string_view name) {
    if (has(name)) {
        data().erase(name);
    }
}

void Session::clear() {
    data() = Json(Json::Object());
}

void Session::rotate() {
    was_read_ = true;
    if (renewal_ == Renewal::none) {
        renewal_ = Renewal::token;
    }
}

void Session::sign_in(const User& user) {
    clear();
    data()[user_member] = to_json(user);
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
    data()[flashes_member].push_back(Json(Json::Array{text(kind), text(message)}));
}

std::vector<Flash> Session::take_flashes() {
    std::vector<Flash> flashes;
    const Json* waiting = find(flashes_member);
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
    erase(flashes_member);
    return flashes;
}

Session::Change Session::change() const {
    if (!changed_ && renewal_ == Renewal::none) {
        return Change::none;
    }
    const bool existed = found() != nullptr;
    const Json& data = changed_ ? *changed_ : found_data();
    if (is_empty(data)) {
        return existed ? Change::end : Change::none;
    }
    if (!existed || renewal_ == Renewal::session) {
        return Change::begin;
    }
    if (renewal_ == Renewal::token) {
        return Change::rotate;
    }
    return data == found_data() ? Change::none : Change::update;
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

}  // namespace cardea::web
