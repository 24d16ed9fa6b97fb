// SPDX-License-Identifier: Apache-2.0
#include "cardea/sql/database.h"

#include "cardea/base/assert.h"

namespace cardea::sql {

namespace {

template <class T>
const T& column_as(const std::vector<Value>& values, std::size_t column) {
    CARDEA_ASSERT(column < values.size());
    const T* value = std::get_if<T>(&values[column]);
    CARDEA_ASSERT(value != nullptr);
    return *value;
}

}  // namespace

std::int64_t Row::integer(std::size_t column) const {
    return column_as<std::int64_t>(values_, column);
}

const std::string& Row::text(std::size_t column) const {
    return column_as<std::string>(values_, column);
}

const Bytes& Row::blob(std::size_t column) const {
    return column_as<Bytes>(values_, column);
}

bool Row::is_null(std::size_t column) const {
    return std::holds_alternative<std::monostate>(value(column));
}

const Value& Row::value(std::size_t column) const {
    CARDEA_ASSERT(column < values_.size());
    return values_[column];
}

Batch& Batch::add(std::string_view statement, Params params, Expectation expectation) {
    items_.push_back(Item(statement, std::move(params), expectation));
    return *this;
}

}  // namespace cardea::sql
