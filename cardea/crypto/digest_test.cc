// SPDX-License-Identifier: Apache-2.0
#include "cardea/crypto/digest.h"

#include "cardea/base/hex.h"
#include "cardea/crypto/sha256.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>

namespace cardea::crypto {
namespace {

std::string sha256_of(std::string_view text) {
    return hex_encode(sha256(as_bytes(text)));
}

// FIPS 180-2 appendix B, and the empty message.
TEST(Sha256, agrees_with_fips_180) {
    EXPECT_EQ(sha256_of(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sha256_of("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(
        sha256_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    );
    EXPECT_EQ(
        sha256_of(std::string(1'000'000, 'a')),
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
    );
}

// FIPS 180-4, the message "abc".
TEST(Digest, agrees_with_fips_180) {
    const ByteView abc = as_bytes("abc");

    EXPECT_EQ(
        hex_encode(digest(HashAlgorithm::sha1, abc).bytes()), "a9993e364706816aba3e25717850c26c9cd0d89d"
    );
    EXPECT_EQ(hex_encode(digest(HashAlgorithm::sha256, abc).bytes()), sha256_of("abc"));
    EXPECT_EQ(
        hex_encode(digest(HashAlgorithm::sha384, abc).bytes()),
        "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7"
    );
    EXPECT_EQ(
        hex_encode(digest(HashAlgorithm::sha512, abc).bytes()),
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
        "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
    );
}

TEST(Sha256, works_on_every_thread) {
    std::string there;
    std::thread([&there] { there = sha256_of("abc"); }).join();

    EXPECT_EQ(there, sha256_of("abc"));
}

}  // namespace
}  // namespace cardea::crypto
