// SPDX-License-Identifier: Apache-2.0
#include "cardea/password/stored_hash.h"

#include "cardea/password/detail/forms.h"

#include <gtest/gtest.h>

#include <array>

namespace cardea::password {
namespace {

/// One hash of every form, and what it says of itself.
struct Example {
    std::string_view stored;
    Scheme scheme;
    std::string_view form;
    std::string_view cost;
};
constexpr std::array examples{
    Example{
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        Scheme::argon2id,
        "PHC",
        "m=65536,t=2,p=1"
    },
    Example{
        "$argon2i$m=256,t=2,p=2$c29tZXNhbHQ$tsEVYKap1h6scGt5ovl9aLRGOqOth+AMB+KwHpDFZPs",
        Scheme::argon2i,
        "PHC",
        "m=256,t=2,p=2"
    },
    Example{
        "$argon2d$v=16$m=65536,t=2,p=4$c29tZXNhbHQ$cZn5d+rFh+ZfuRhm2iGUGgcrW5YLeM6q7L3vBsdmFA0",
        Scheme::argon2d,
        "PHC",
        "m=65536,t=2,p=4"
    },
    Example{
        "argon2$argon2i$v=19$m=512,t=2,p=2$V25jN1l4UUJZWkR1$MxpA1BD2Gh7+D79gaAw6sQ",
        Scheme::argon2i,
        "Django",
        "m=512,t=2,p=2"
    },
    Example{
        "$2b$12$n79VH.0Q2TMWmt3Oqt9uku821BMKXsdWkfyp5/oBLmcNCpTS9xlOa", Scheme::bcrypt, "crypt(3)", "cost=12"
    },
    Example{
        "$2a$04$R1lJ2gkNaoPGdafE.H.16.1MKHPvmKwryeulRe225LKProWYwt9Oi", Scheme::bcrypt, "crypt(3)", "cost=4"
    },
    Example{
        "$2y$05$/OK.fbVrR/bpIqNJ5ianF.Sa7shbm4.OzKpvFnX1pQLmQW96oUlCq", Scheme::bcrypt, "crypt(3)", "cost=5"
    },
    Example{
        "bcrypt$$2a$10$fVH8e28OQRj9tqiDXs1e1uxpsjN0c7II7YPKXua2NAKYvM6iQk7dq",
        Scheme::bcrypt,
        "Django",
        "cost=10"
    },
    Example{
        "bcrypt_sha256$$2a$06$/3OeRpbOf8/l6nPPRdZPp.nRiyYqPobEZGdNRBWihQhiFDh1ws1tu",
        Scheme::bcrypt_sha256,
        "Django",
        "cost=6"
    },
    Example{
        "$bcrypt-sha256$2a,5$5Hg1DKFqPE8C2aflZ5vVoe$12BjNE0p7axMg55.Y/mHsYiVuFBDQyu",
        Scheme::bcrypt_sha256,
        "passlib",
        "cost=5"
    },
    Example{
        "$bcrypt-sha256$v=2,t=2b,r=12$n79VH.0Q2TMWmt3Oqt9uku$d1sa3VmYlaJ4DUYf7ihwuk2/8qWoP3i",
        Scheme::bcrypt_sha256,
        "passlib",
        "cost=12"
    },
    Example{
        "$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofI",
        Scheme::scrypt,
        "PHC",
        "ln=14,r=8,p=1"
    },
    Example{
        "scrypt$16384$kXUnRFQptGg4$8$5$2g1KexbLhrnQhcDzZY0Bo2y+GHNFLGZH7B8v4MDZtnY=",
        Scheme::scrypt,
        "Django",
        "ln=14,r=8,p=5"
    },
    Example{
        "scrypt:32768:8:1$dDVRVqbvcMbVmgCK$"
        "2e6ab4d1f4bff5a5a6bd3ab4d1f4bff5a5a6bd3ab4d1f4bff5a5a6bd3ab4d1f4bff5a5a6b"
        "d3ab4d1f4bff5a5a6bd3ab4d1f4bff5a5a6bd3a1234567890abcd",
        Scheme::scrypt,
        "Werkzeug",
        "ln=15,r=8,p=1"
    },
    Example{
        "$7$C6..../....SodiumChloride$kBGj9fHznVYFQMEn/qDCfrDevf9YDtcDdKvEqHJLV8D",
        Scheme::scrypt,
        "crypt(3)",
        "ln=14,r=8,p=1"
    },
    Example{
        "pbkdf2_sha256$10000$kjVJaVz6qsnJ$5yPHw3rwJGECpUf70daLGhOrQ5+AMxIJdz1c3bqK1Rs=",
        Scheme::pbkdf2_sha256,
        "Django",
        "iterations=10000"
    },
    Example{
        "pbkdf2_sha1$10000$wz5B6WkasRoF$atJmJ1o+XfJxKq1+Nu1f1i57Z5I=",
        Scheme::pbkdf2_sha1,
        "Django",
        "iterations=10000"
    },
    Example{
        "$pbkdf2$1212$OB.dtnSEXZK8U5cgxU/GYQ$y5LKPOplRmok7CZp/aqVDVg8zGI",
        Scheme::pbkdf2_sha1,
        "passlib",
        "iterations=1212"
    },
    Example{
        "$pbkdf2-sha256$1212$4vjV83LKPjQzk31VI4E0Vw$hsYF68OiOUPdDZ1Fg.fJPeq1h/gXXY7acBp9/6c.tmQ",
        Scheme::pbkdf2_sha256,
        "passlib",
        "iterations=1212"
    },
    Example{
        "$pbkdf2-sha512$1212$RHY0Fr3IDMSVO/"
        "RSZyb5ow$eNLfBK.eVozomMr.1gYa17k9B7KIK25NOEshvhrSX.esqY3s.FvWZViXz4KoLlQI."
        "BzY/YTNJOiKc5gBYFYGww",
        Scheme::pbkdf2_sha512,
        "passlib",
        "iterations=1212"
    },
    Example{
        "pbkdf2:sha256:600000$dDVRVqbvcMbVmgCK$"
        "2e6ab4d1f4bff5a5a6bd3ab4d1f4bff5a5a6bd3ab4d1f4bff5a5a6bd3ab4d1f4",
        Scheme::pbkdf2_sha256,
        "Werkzeug",
        "iterations=600000"
    },
    Example{
        "pbkdf2:sha1:1000$dDVRVqbv$2e6ab4d1f4bff5a5a6bd3ab4d1f4bff5a5a6bd3a",
        Scheme::pbkdf2_sha1,
        "Werkzeug",
        "iterations=1000"
    },
};

Errc refusal(std::string_view stored) {
    const Result<HashFacts> facts = identify(stored);
    EXPECT_FALSE(facts) << stored;
    return facts ? Errc::internal : facts.error().code;
}

std::string with(std::string_view text, std::string_view part, std::string_view other) {
    std::string out(text);
    return out.replace(out.find(part), part.size(), other);
}

TEST(StoredHash, tells_scheme_form_and_cost) {
    for (const Example& example : examples) {
        const Result<HashFacts> facts = identify(example.stored);
        ASSERT_TRUE(facts) << example.stored;
        EXPECT_EQ(facts->scheme, example.scheme) << example.stored;
        EXPECT_EQ(facts->form, example.form) << example.stored;
        EXPECT_EQ(facts->cost, example.cost) << example.stored;
        EXPECT_EQ(facts->pepper_key, "") << example.stored;
    }
}

TEST(StoredHash, has_one_text_for_one_value) {
    for (const Example& example : examples) {
        EXPECT_EQ(to_text(detail::parse_stored(example.stored).value()), example.stored);
    }
}

TEST(StoredHash, is_blank_without_its_salt_and_digest) {
    for (const Example& example : examples) {
        const std::string blank = blank_of(example.stored).value();
        EXPECT_NE(blank, example.stored);
        EXPECT_EQ(blank.size(), example.stored.size());
        EXPECT_EQ(identify(blank)->cost, example.cost) << blank;
        EXPECT_EQ(blank_of(blank).value(), blank);
    }
}

TEST(StoredHash, refuses_every_beginning_and_every_addition) {
    for (const Example& example : examples) {
        for (std::size_t size = 0; size < example.stored.size(); ++size) {
            const std::string_view beginning = example.stored.substr(0, size);
            // A shorter digest is another hash, and 16 bytes are enough for one.
            const Result<HashFacts> facts = identify(beginning);
            EXPECT_TRUE(!facts || beginning.size() > example.stored.rfind('$') + 21) << beginning;
        }
        for (const std::string_view more : {"\n", "$", " ", "=", "$x"}) {
            EXPECT_FALSE(identify(std::string(example.stored) + std::string(more))) << example.stored << more;
        }
    }
}

TEST(StoredHash, refuses_other_spellings_of_numbers) {
    for (const auto& [stored, number] : std::initializer_list<std::pair<std::string_view, std::string_view>>{
             {examples[0].stored, "65536"},
             {examples[0].stored, "2,"},
             {examples[9].stored, ",5$"},
             {examples[10].stored, "12$"},
             {examples[11].stored, "14,"},
             {examples[12].stored, "16384$"},
             {examples[13].stored, "32768:"},
             {examples[15].stored, "10000$"},
             {examples[18].stored, "1212$"},
             {examples[20].stored, "600000$"},
         }) {
        for (const std::string_view sign : {"0", "+", "-", " ", "0x", "99999999999", "a"}) {
            EXPECT_NE(refusal(with(stored, number, std::string(sign) + std::string(number))), Errc::internal);
        }
    }
}

TEST(StoredHash, refuses_costs_beyond_the_limits) {
    const std::string_view argon2 = examples[0].stored;
    const std::string_view bcrypt = examples[4].stored;
    const std::string_view scrypt = examples[11].stored;
    for (const std::string& wrong :
         {with(argon2, "m=65536", "m=262145"),
          with(argon2, "m=65536", "m=4294967295"),
          with(argon2, "t=2", "t=17"),
          with(argon2, "p=1", "p=17"),
          with(bcrypt, "$12$", "$17$"),
          with(bcrypt, "$12$", "$31$"),
          with(examples[10].stored, "r=12", "r=17"),
          with(scrypt, "ln=14", "ln=19"),
          with(scrypt, "ln=14", "ln=63"),
          with(scrypt, "ln=14", "ln=4294967295"),
          with(scrypt, "r=8", "r=4294967295"),
          with(scrypt, "p=1", "p=17"),
          with(scrypt, "ln=14,r=8,p=1", "ln=18,r=8,p=5"),
          with(scrypt, "ln=14,r=8", "ln=1,r=1048577"),
          with(scrypt, "ln=14,r=8,p=1", "ln=1,r=1048576,p=16"),
          with(examples[12].stored, "16384", "1073741824"),
          with(examples[13].stored, "32768", "2147483648"),
          with(examples[14].stored, "C6....", "H6...."),
          with(examples[14].stored, "C6....", "zzzzzz"),
          with(examples[15].stored, "10000", "10000001"),
          with(examples[17].stored, "1212", "4294967295"),
          // Each block of the output costs all iterations.
          std::string("pbkdf2:sha1:5000001$salt$") + std::string(42, 'a'),
          std::string("pbkdf2:sha256:5000001$salt$") + std::string(66, 'a')}) {
        EXPECT_EQ(refusal(wrong), Errc::too_large) << wrong;
    }
    EXPECT_EQ(refusal("$argon2id$" + std::string(600, 'x')), Errc::too_large);
}

TEST(StoredHash, refuses_costs_that_are_none) {
    for (const std::string& wrong :
         {with(examples[0].stored, "m=65536", "m=7"),
          with(examples[0].stored, "p=1", "p=16").replace(examples[0].stored.find("m=65536"), 7, "m=00127"),
          with(examples[0].stored, "t=2", "t=0"),
          with(examples[0].stored, "v=19", "v=18"),
          with(examples[0].stored, "v=19", "v=20"),
          with(examples[0].stored, "p=1", "p=1,keyid=AA"),
          with(examples[0].stored, "m=65536,t=2", "t=2,m=65536"),
          with(examples[4].stored, "$12$", "$03$"),
          with(examples[4].stored, "$12$", "$9$"),
          with(examples[4].stored, "$12$", "$012$"),
          with(examples[11].stored, "ln=14", "ln=0"),
          with(examples[12].stored, "16384", "16383"),
          with(examples[13].stored, "32768", "1"),
          with(examples[13].stored, ":8:1$", ":0:1$"),
          with(examples[14].stored, "C6....", ".6....")}) {
        EXPECT_EQ(refusal(wrong), Errc::malformed) << wrong;
    }
}

TEST(StoredHash, refuses_salts_and_digests_that_are_none) {
    for (const std::string& wrong :
         {with(examples[0].stored, "c29tZXNhbHQ", ""),
          with(examples[0].stored, "c29tZXNhbHQ", "c29tZQ"),        // 4 bytes
          with(examples[0].stored, "c29tZXNhbHQ", "c29tZXNhbHQ="),  // padding
          with(examples[0].stored, "c29tZXNhbHQ", "c29tZXNhbHR"),   // stray bits
          with(examples[0].stored, "c29tZXNhbHQ", "c29tZXNhb-Q"),   // another alphabet
          with(examples[0].stored, "c29tZXNhbHQ", std::string(88, 'A')),
          with(examples[4].stored, "uku821", "ukv821"),  // stray bits of the salt
          with(examples[4].stored, "9xlOa", "9xlOb"),    // and of the digest
          with(examples[4].stored, "9xlOa", "9xlO!"),
          with(examples[15].stored, "5yPHw3", "5yPH.3"),
          with(examples[15].stored, "1Rs=", "1Rs"),
          with(examples[15].stored, "1Rs=", "1Rs=="),
          with(examples[15].stored, "kjVJaVz6qsnJ", std::string(65, 's')),
          with(examples[18].stored, "/gXXY7", "+gXXY7"),
          with(examples[20].stored, "2e6ab4", "2E6AB4"),
          with(examples[20].stored, "2e6ab4", "e6ab4"),
          with(examples[14].stored, "V8D", "V8z")}) {
        EXPECT_EQ(refusal(wrong), Errc::malformed) << wrong;
    }
}

TEST(StoredHash, says_why_it_is_not_verified_here) {
    for (const auto& [stored, reason] : std::initializer_list<std::pair<std::string_view, std::string_view>>{
             {"$1$dOHYPKoP$tnxS1T8Q6VVn3kpV8cN6o.", "md5_crypt is not done here"},
             {"$6$LKO/Ute40T3FNF95$6S/6T2YuOIHY0N3XpLKABJ3so", "sha512_crypt is not done here"},
             {"$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0", "phpass is not done here"},
             {"{SSHA}0c0blFTXXNuAMHECS4uxrj3ZieMoWImr", "LDAP hashes is not done here"},
             {"939e7578ed9e3c518a452acee763bce9", "this form of hash is not known here"},
             {"$2x$05$CCCCCCCCCCCCCCCCCCCCC.7uG0VCzI2bS7j6ymqJi9CdcdxiRTWNy",
              "$2x$ marks bcrypt with a defect that lets several passwords pass; set a new one"},
             {"bcrypt$$2x$05$CCCCCCCCCCCCCCCCCCCCC.7uG0VCzI2bS7j6ymqJi9CdcdxiRTWNy",
              "$2x$ marks bcrypt with a defect that lets several passwords pass; set a new one"},
             {"$2$05$......................XuQjdH.wPVNUZ/bOfstdW/FqB8QSjte",
              "$2$ is the first bcrypt, which nothing makes any more"},
         }) {
        const Result<HashFacts> facts = identify(stored);
        ASSERT_FALSE(facts) << stored;
        EXPECT_EQ(facts.error().code, Errc::unsupported) << stored;
        EXPECT_EQ(facts.error().context, "password hash: " + std::string(reason));
    }
}

TEST(StoredHash, may_have_a_pepper) {
    const std::string stored = "$pepper$k=1a2b3c4d" + std::string(examples[0].stored);

    EXPECT_EQ(identify(stored)->pepper_key, "1a2b3c4d");
    EXPECT_EQ(identify(stored)->scheme, Scheme::argon2id);
    EXPECT_TRUE(blank_of(stored)->starts_with("$pepper$k=1a2b3c4d$argon2id$"));
    for (const std::string& wrong :
         {"$pepper$k=1a2b3c4" + std::string(examples[0].stored),
          "$pepper$k=1A2B3C4D" + std::string(examples[0].stored),
          "$pepper$" + std::string(examples[0].stored),
          "$pepper$k=1a2b3c4d" + stored,
          "$pepper$k=1a2b3c4d" + std::string(examples[15].stored),
          std::string("$pepper$k=1a2b3c4d"),
          std::string("$pepper")}) {
        EXPECT_EQ(refusal(wrong), Errc::malformed) << wrong;
    }
}

}  // namespace
}  // namespace cardea::password
