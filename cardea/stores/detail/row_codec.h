// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/clock.h"
#include "cardea/base/id.h"
#include "cardea/sql/database.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cardea::stores::detail {

/// Values as columns hold them.
template <std::size_t N>
[[nodiscard]] sql::Value column(const std::array<std::uint8_t, N>& bytes) {
    return Bytes(bytes.begin(), bytes.end());
}

template <class Tag>
[[nodiscard]] sql::Value column(const Id<Tag>& id) {
    return column(id.bytes());
}

[[nodiscard]] inline sql::Value column(Time time) {
    return std::int64_t{time.time_since_epoch().count()};
}

/// NULL where there is nothing, so that a unique index passes it over.
[[nodiscard]] inline sql::Value column_or_null(std::string text) {
    return text.empty() ? sql::Value() : sql::Value(std::move(text));
}

[[nodiscard]] inline sql::Value column_or_null(std::optional<Time> time) {
    return time ? column(*time) : sql::Value();
}

template <class Tag>
[[nodiscard]] sql::Value column_or_null(const Id<Tag>& id) {
    return id.is_nil() ? sql::Value() : column(id);
}

/// Reads the columns of a row from left to right. A column that does not hold what it should comes from a
/// damaged file: reading goes on with an empty value, and is_whole() tells.
class RowReader {
 public:
    explicit RowReader(const sql::Row& row) noexcept : row_(row) {}

    std::int64_t integer() { return next<std::int64_t>(); }
    bool boolean() { return integer() != 0; }
    std::string text() { return next<std::string>(); }
    std::string text_or_null() { return is_null() ? skip<std::string>() : text(); }
    Time time() { return Time(Duration(integer())); }
    std::optional<Time> time_or_null() {
        return is_null() ? skip<std::optional<Time>>() : std::optional(time());
    }
    Duration duration() { return Duration(integer()); }

    template <std::size_t N>
    std::array<std::uint8_t, N> array() {
        const Bytes bytes = next<Bytes>();
        std::array<std::uint8_t, N> out{};
        is_whole_ = is_whole_ && bytes.size() == N;
        std::copy_n(bytes.begin(), std::min(bytes.size(), N), out.begin());
        return out;
    }

    template <class Tag>
    void read(Id<Tag>& id) {
        id = Id<Tag>(array<16>());
    }

    template <class Tag>
    void read_or_null(Id<Tag>& id) {
        id = is_null() ? skip<Id<Tag>>() : Id<Tag>(array<16>());
    }

    /// `last` is the enumeration's greatest value.
    template <class Enum>
    Enum enumerator(Enum last) {
        const std::int64_t value = integer();
        const bool is_known = value >= 0 && value <= static_cast<std::int64_t>(last);
        is_whole_ = is_whole_ && is_known;
        return is_known ? static_cast<Enum>(value) : last;
    }

    [[nodiscard]] bool is_whole() const noexcept { return is_whole_ && next_ == row_.size(); }

 private:
    [[nodiscard]] bool is_null() const { return next_ < row_.size() && row_.is_null(next_); }

    template <class T>
    T skip() {
        ++next_;
        return T();
    }

    template <class T>
    T next() {
        const T* value = next_ < row_.size() ? std::get_if<T>(&row_.value(next_)) : nullptr;
        ++next_;
        is_whole_ = is_whole_ && value != nullptr;
        return value != nullptr ? *value : T();
    }

    const sql::Row& row_;
    std::size_t next_ = 0;
    bool is_whole_ = true;
};

/// The records of an answer; Errc::store_corrupt when a row does not decode. `decode` fills a record.
template <class Record>
[[nodiscard]] Result<std::vector<Record>> records(Result<sql::Rows> rows, Record (*decode)(RowReader&)) {
    if (!rows) {
        return propagate(rows);
    }
    std::vector<Record> out;
    out.reserve(rows->size());
    for (const sql::Row& row : *rows) {
        RowReader reader(row);
        out.push_back(decode(reader));
        if (!reader.is_whole()) {
            return fail(Errc::store_corrupt, "a row that does not decode");
        }
    }
    return out;
}

/// The record of a look-up by a unique key.
template <class Record>
[[nodiscard]] Result<std::optional<Record>> record(Result<sql::Rows> rows, Record (*decode)(RowReader&)) {
    Result<std::vector<Record>> found = records(std::move(rows), decode);
    if (!found) {
        return propagate(found);
    }
    return found->empty() ? std::nullopt : std::optional<Record>(std::move(found->front()));
}

/// How many rows the last statement of a batch changed.
[[nodiscard]] inline Result<std::size_t> changed(Result<std::vector<sql::Outcome>> outcomes) {
    if (!outcomes) {
        return propagate(outcomes);
    }
    return static_cast<std::size_t>(outcomes->back().changed);
}

/// Whether the last statement of a batch changed anything.
[[nodiscard]] inline Result<bool> changed_any(Result<std::vector<sql::Outcome>> outcomes) {
    Result<std::size_t> count = changed(std::move(outcomes));
    if (!count) {
        return propagate(count);
    }
    return *count > 0;
}

/// That a batch was applied.
[[nodiscard]] inline Result<> applied(Result<std::vector<sql::Outcome>> outcomes) {
    if (!outcomes) {
        return propagate(outcomes);
    }
    return {};
}

}  // namespace cardea::stores::detail
