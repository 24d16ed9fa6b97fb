// SPDX-License-Identifier: Apache-2.0
#include "cardea/sql/migrations.h"

#include <gtest/gtest.h>

namespace cardea::sql {
namespace {

TEST(Migrations, replace_the_type_macros) {
    EXPECT_EQ(
        expand_for_sqlite("CREATE TABLE t (a {id}, b {text} NOT NULL, c {time}) {table};"),
        "CREATE TABLE t (a BLOB, b TEXT NOT NULL, c INTEGER) STRICT;"
    );
}

TEST(Migrations, leave_other_text_alone) {
    EXPECT_EQ(expand_for_sqlite("SELECT 1"), "SELECT 1");
}

TEST(MigrationsDeathTest, abort_at_a_misspelt_macro) {
    EXPECT_DEATH({ std::ignore = expand_for_sqlite("a {txet}"); }, "");
}

}  // namespace
}  // namespace cardea::sql
