// SPDX-License-Identifier: Apache-2.0
// The one file that sees Boost.JSON. It holds the library's bodies too, so that nobody has to link it.
#include "cardea/base/detail/json_member.h"
#include "cardea/base/json.h"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/src.hpp>

#include <charconv>
#include <optional>
#include <utility>

namespace cardea {
namespace {

using boost::json::error_code;
using View = boost::json::string_view;

/// Room for the members of most objects, so that they are not moved.
constexpr std::size_t usual_members = 8;

/// An array or object that has begun and not yet ended.
struct Open {
    Json::Array items;
    Json::Object members;  ///< the last one waits for its value
    bool is_object = false;
};

/// Receives what the parser meets and builds the value: what ends becomes an item or a member of what is open
/// around it.
class Builder {
 public:
    explicit Builder(const JsonLimits& limits) : limits_(limits) {}

    // The parser's own limits are off: ours have an error of their own.
    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

    bool on_document_begin(error_code&) { return true; }
    bool on_document_end(error_code&) { return true; }
    bool on_comment_part(View, error_code&) { return true; }
    bool on_comment(View, error_code&) { return true; }

    bool on_array_begin(error_code&) { return begin(false); }
    bool on_object_begin(error_code&) { return begin(true); }
    bool on_array_end(std::size_t, error_code& error) {
        Json array(std::move(open_.back().items));
        return end(std::move(array), error);
    }
    bool on_object_end(std::size_t, error_code& error) {
        Json object(std::move(open_.back().members));
        return end(std::move(object), error);
    }

    bool on_key_part(View part, std::size_t, error_code&) { return append(part); }
    bool on_key(View part, std::size_t, error_code& error) {
        append(part);
        Json::Object& members = open_.back().members;
        if (members.size() == limits_.members) {
            return stop(Errc::too_large, "json: members", error);
        }
        if (detail::find_member(members, text_) != members.end()) {
            return stop(Errc::malformed, "json: a member twice", error);
        }
        if (members.empty()) {
            members.reserve(usual_members);
        }
        members.push_back({std::exchange(text_, {}), Json()});
        return true;
    }

    bool on_string_part(View part, std::size_t, error_code&) { return append(part); }
    bool on_string(View part, std::size_t, error_code& error) {
        append(part);
        return add(Json(std::exchange(text_, {})), error);
    }

    bool on_number_part(View, error_code&) { return true; }
    bool on_int64(std::int64_t value, View, error_code& error) { return add(Json(value), error); }
    bool on_uint64(std::uint64_t, View, error_code& error) { return stop_at_number(error); }
    bool on_double(double, View digits, error_code& error) {
        // The parser rounds in its own way, and makes doubles of integers that are too long.
        double value = 0;
        const auto read = std::from_chars(digits.begin(), digits.end(), value);
        if (read.ec != std::errc() || digits.find_first_of(".eE") == View::npos) {
            return stop_at_number(error);
        }
        return add(Json(value), error);
    }
    bool on_bool(bool value, error_code& error) { return add(Json(value), error); }
    bool on_null(error_code& error) { return add(Json(), error); }

    [[nodiscard]] Error failure(const error_code& error) const {
        if (failure_) {
            return *failure_;
        }
        const bool is_deep = error == boost::json::error::too_deep;
        return {is_deep ? Errc::too_large : Errc::malformed, "json: " + error.message()};
    }
    Json take() { return std::move(document_); }

 private:
    bool append(View part) {
        text_.append(part.data(), part.size());
        return true;
    }

    bool begin(bool is_object) {
        open_.push_back({{}, {}, is_object});
        return true;
    }

    bool end(Json value, error_code& error) {
        open_.pop_back();
        return add(std::move(value), error);
    }

    bool add(Json value, error_code& error) {
        if (++values_ > limits_.values) {
            return stop(Errc::too_large, "json: values", error);
        }
        if (open_.empty()) {
            document_ = std::move(value);
        } else if (open_.back().is_object) {
            open_.back().members.back().value = std::move(value);
        } else {
            open_.back().items.push_back(std::move(value));
        }
        return true;
    }

    bool stop(Errc code, std::string context, error_code& error) {
        failure_ = Error{code, std::move(context), {}, {}};
        error = boost::json::error::syntax;
        return false;
    }

    bool stop_at_number(error_code& error) { return stop(Errc::malformed, "json: number too large", error); }

    const JsonLimits& limits_;
    std::vector<Open> open_;
    std::string text_;  ///< the text or name that arrives in parts
    std::size_t values_ = 0;
    Json document_;
    std::optional<Error> failure_;  ///< of our own rules
};

}  // namespace

Result<Json> parse_json(std::string_view text, const JsonLimits& limits) {
    if (text.size() > limits.bytes) {
        return fail(Errc::too_large, "json: bytes");
    }
    boost::json::parse_options options;
    options.max_depth = limits.depth;
    boost::json::basic_parser<Builder> parser(options, limits);
    error_code error;
    const std::size_t read = parser.write_some(false, text.data(), text.size(), error);
    if (error) {
        return std::unexpected(parser.handler().failure(error));
    }
    if (read != text.size()) {
        return fail(Errc::malformed, "json: more than one value");
    }
    return parser.handler().take();
}

}  // namespace cardea
