// SPDX-License-Identifier: Apache-2.0
#include "cardea/ratelimit/address.h"

#include <gtest/gtest.h>

namespace cardea::ratelimit {
namespace {

TEST(AddressSubject, is_an_ipv4_address) {
    EXPECT_EQ(address_subject("192.0.2.1"), std::string("\xc0\x00\x02\x01", 4));
    EXPECT_NE(address_subject("192.0.2.1"), address_subject("192.0.2.2"));
    EXPECT_EQ(address_subject("::ffff:192.0.2.1"), address_subject("192.0.2.1"));
}

TEST(AddressSubject, is_the_64_of_an_ipv6_address) {
    EXPECT_EQ(address_subject("2001:db8:1:2::1"), address_subject("2001:DB8:1:2:ffff:ffff:ffff:ffff"));
    EXPECT_NE(address_subject("2001:db8:1:2::1"), address_subject("2001:db8:1:3::1"));
    EXPECT_NE(address_subject("::1"), address_subject("::ffff:0.0.0.1"));
}

TEST(AddressSubject, is_the_text_where_it_is_no_address) {
    EXPECT_EQ(address_subject("unix"), "unix");
    EXPECT_EQ(address_subject(""), "");
    EXPECT_EQ(address_subject("192.0.2.01"), "192.0.2.01");
}

}  // namespace
}  // namespace cardea::ratelimit
