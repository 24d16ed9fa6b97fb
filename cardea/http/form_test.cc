// SPDX-License-Identifier: Apache-2.0
#include "cardea/http/form.h"

#include <gtest/gtest.h>

#include <array>

namespace cardea::http {
namespace {

Result<Fields> parse(std::string_view content_type, std::string_view body) {
    const std::array headers = {Header{"Content-Type", content_type}};
    return parse_form(Request{.method = Method::post, .body = body, .headers = headers}, {"scope"});
}

TEST(Form, is_read_from_the_body) {
    const Result<Fields> form =
        parse("application/x-www-form-urlencoded", "password=a+b&scope=x&scope=y&keep=on");

    ASSERT_TRUE(form);
    EXPECT_EQ(secret_field(*form, "password").expose(), "a b");
    EXPECT_TRUE(form->has("keep"));
    EXPECT_FALSE(form->has("other"));
    EXPECT_EQ(form->list("scope").size(), 2U);
}

TEST(Form, of_another_type_is_refused) {
    for (const std::string_view type :
         {"", "multipart/form-data; boundary=x", "text/plain", "application/json"}) {
        const Result<Fields> form = parse(type, "a=b");
        ASSERT_FALSE(form) << type;
        EXPECT_EQ(form.error().code, Errc::unsupported_media_type) << type;
    }
}

TEST(Form, with_a_repeated_field_is_refused) {
    const Result<Fields> form = parse("application/x-www-form-urlencoded", "email=a&email=b");

    ASSERT_FALSE(form);
    EXPECT_EQ(form.error().code, Errc::invalid);
}

}  // namespace
}  // namespace cardea::http
