// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/json.h"
#include "cardea/session/live_session.h"
#include "cardea/web/user.h"

#include <concepts>
#include <cstdint>
#include <deque>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cardea::web {

/// A message for the next page: shown once, then gone.
struct Flash {
    std::string kind;  ///< "success", "warning": the page chooses its look by it
    std::string text;

    friend bool operator==(const Flash&, const Flash&) = default;
};

/// What a session holds, as it was read: shared by the requests that use it, and never changed.
class SessionContent final : public session::Subject {
 public:
    /// An object with the members `data`, what the program stored; `user`, who is signed in; and `flashes`.
    explicit SessionContent(Json json);

    [[nodiscard]] const Json& json() const noexcept { return json_; }
    [[nodiscard]] const Json& data() const noexcept { return data_; }
    [[nodiscard]] const User* user() const noexcept { return user_ ? &*user_ : nullptr; }
    [[nodiscard]] const std::vector<Flash>& flashes() const noexcept { return flashes_; }

 private:
    Json json_;
    Json data_;
    std::optional<User> user_;
    std::vector<Flash> flashes_;
};

/// The content of a session in which nothing is but that this user is signed in.
[[nodiscard]] Json content_of(const User& user);

/// A session as its keeper found it: the content, and what the keeper needs to write it back.
struct FoundSession {
    std::shared_ptr<const SessionContent> content;
    std::string id;                ///< what CSRF tokens are bound to; empty where the format knows no id
    Time created_at;               ///< for keepers without a store
    Time last_seen_at;             ///< likewise
    session::SessionPointer live;  ///< for keepers with a store
    Json foreign{};                ///< the content as another program wrote it, where it shares the session
};

namespace detail {

class SessionAccess;

/// What a keeper of sessions has to do when the handler is done.
enum class SessionChange : unsigned char {
    none,
    update,  ///< the content changed
    rotate,  ///< a new token, and maybe new content
    begin,   ///< a session that was not there, or takes the place of the one that was
    end,
};

}  // namespace detail

/// What the program remembers of one browser, for handlers to read and change. `request.session()`; see
/// web::sessions() for where it is kept. It is read when it is first asked for, and written after the handler
/// when it is not what was read, changes deep inside `edit()` included. A handler that throws changes
/// nothing. Any name will do, one from outside too: the sign-in is not kept among them. One thread at a time.
class Session {
 public:
    /// Finds what a cookie stands for, when it is first asked for.
    class Finder {
     public:
        virtual ~Finder() = default;
        [[nodiscard]] virtual std::optional<FoundSession> find(std::string_view cookie) const = 0;
    };

    /// A visitor without a session.
    Session() = default;
    explicit Session(FoundSession found) : found_(std::move(found)) {}
    Session(const Finder& finder, std::string_view cookie) : finder_(&finder), cookie_(cookie) {}
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    /// The value of that name; nullopt when there is none, or it is of another type. T is bool, an integer,
    /// double, std::string or Json.
    template <class T>
    [[nodiscard]] std::optional<T> get(std::string_view name) const {
        const Json* value = find(name);
        return value != nullptr ? convert<T>(*value) : std::nullopt;
    }
    [[nodiscard]] bool has(std::string_view name) const { return find(name) != nullptr; }

    void set(std::string_view name, std::same_as<bool> auto value) { put(name, Json(value)); }
    void set(std::string_view name, std::integral auto value)
        requires(!std::same_as<decltype(value), bool>)
    {
        put(name, Json(static_cast<std::int64_t>(value)));
    }
    void set(std::string_view name, double value) { put(name, Json(value)); }
    void set(std::string_view name, std::string_view value) { put(name, Json(std::string(value))); }
    void set(std::string_view name, const char* value) { put(name, Json(std::string(value))); }
    void set(std::string_view name, Json value) { put(name, std::move(value)); }
    void erase(std::string_view name);

    /// Everything that was set in it.
    [[nodiscard]] const Json& data() const;
    /// The same to be changed: `session.edit()["cart"].push_back(item)`. As with any Json, [] makes what it
    /// does not find; to look, there is data().
    [[nodiscard]] Json& edit();

    /// Ends the session and forgets everything, the sign-in too. What is set afterwards begins a new one.
    void clear();
    /// Gives the browser a new token at the end of this request; with a store, the old one is worth nothing
    /// from then on. For when the user gets other rights: sign_in() and sign_out() do it by themselves.
    void rotate();

    /// Begins a new session for the user. Nothing that was in the visitor's session is taken over: what is to
    /// stay is read before and set after.
    void sign_in(User user);
    /// Ends the session. What is set afterwards, such as a flash(), begins a new one.
    void sign_out() { clear(); }
    /// Who is signed in by this session, or nullptr. Valid until the request is answered.
    [[nodiscard]] const User* user() const;

    void flash(std::string_view kind, std::string_view text);
    /// The messages that wait, oldest first; they are gone from the session then.
    [[nodiscard]] std::vector<Flash> take_flashes();

 private:
    friend class detail::SessionAccess;

    /// What was asked for besides changes of the data.
    enum class Renewal : unsigned char { none, token, session };

    /// The content, once somebody was given it to change.
    struct Changed {
        Json data;
        const User* user = nullptr;
        std::vector<Flash> flashes;
    };

    template <class T>
    static std::optional<T> convert(const Json& value) {
        if constexpr (std::same_as<T, Json>) {
            return value;
        } else if constexpr (std::same_as<T, bool>) {
            return value.as_bool();
        } else if constexpr (std::integral<T>) {
            const std::optional<std::int64_t> number = value.as_integer();
            return number && std::in_range<T>(*number) ? std::optional(static_cast<T>(*number))
                                                       : std::nullopt;
        } else if constexpr (std::same_as<T, double>) {
            return value.as_number();
        } else {
            static_assert(
                std::same_as<T, std::string>, "a session holds bool, integers, double, text and Json"
            );
            const std::optional<std::string_view> text = value.as_text();
            return text ? std::optional<std::string>(*text) : std::nullopt;
        }
    }

    [[nodiscard]] const Json* find(std::string_view name) const { return data().find(name); }
    void put(std::string_view name, Json value) { edit()[name] = std::move(value); }
    [[nodiscard]] const SessionContent& found_content() const;
    [[nodiscard]] Changed& change_it();
    [[nodiscard]] bool is_empty() const;
    [[nodiscard]] bool is_renewed() const noexcept { return renewal_ == Renewal::session; }
    [[nodiscard]] const FoundSession* found() const;
    [[nodiscard]] detail::SessionChange change() const;
    [[nodiscard]] Json content() const;
    [[nodiscard]] std::string_view id() const;
    void discard();

    const Finder* finder_ = nullptr;
    std::string_view cookie_;
    mutable std::optional<FoundSession> found_;
    std::optional<Changed> changed_;
    std::deque<User> signed_in_;  ///< all of this request, so that a user whom somebody was given stays
    Renewal renewal_ = Renewal::none;
    mutable bool was_sought_ = false;
    mutable bool was_read_ = false;
};

/// Puts what changed between the contents `from` and `to` into `onto`, member by member: two requests of one
/// browser at the same time that set different names both keep their change.
[[nodiscard]] Json merge_changes(const Json& from, const Json& to, Json onto);

}  // namespace cardea::web
