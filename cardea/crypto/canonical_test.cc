// SPDX-License-Identifier: Apache-2.0
#include "cardea/crypto/canonical.h"

#include "cardea/base/hex.h"

#include <gtest/gtest.h>

#include <set>

namespace cardea::crypto {
namespace {

TEST(Canonical, writes_the_length_before_every_field) {
    EXPECT_EQ(
        hex_encode(Canonical().add("ab").add("").add(-1).bytes()),
        "0000000000000002"
        "6162"
        "0000000000000000"
        "0000000000000008"
        "ffffffffffffffff"
    );
}

TEST(Canonical, tells_different_fields_apart) {
    const auto text = [](const Canonical& canonical) { return hex_encode(canonical.bytes()); };
    const std::set<std::string> all{
        text(Canonical()),
        text(Canonical().add("")),
        text(Canonical().add("").add("")),
        text(Canonical().add("ab").add("c")),
        text(Canonical().add("a").add("bc")),
        text(Canonical().add("abc")),
        text(Canonical().add(1)),
        text(Canonical().add(Time(Duration(2)))),
        text(Canonical().add(AccountId())),
    };

    EXPECT_EQ(all.size(), 9U);
}

}  // namespace
}  // namespace cardea::crypto
