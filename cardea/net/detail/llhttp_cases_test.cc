// SPDX-License-Identifier: Apache-2.0
// The request cases of llhttp's own tests, read in one piece and byte by byte. What llhttp refuses, we
// refuse; what it takes, we take or refuse for one of the reasons listed here.
#include "cardea/base/base64url.h"
#include "cardea/base/bytes.h"
#include "cardea/base/json.h"
#include "cardea/net/detail/request_reader.h"
#include "tests/support/vectors.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <set>
#include <string>

namespace cardea::net::detail {
namespace {

/// What came of some bytes: how many requests to answer, and whether a refusal stands behind them.
struct Outcome {
    std::size_t requests = 0;
    std::string refusal;  // its name, or empty
    bool is_closed = false;

    friend bool operator==(const Outcome&, const Outcome&) = default;
};

class Peer {
 public:
    Peer() : reader_(limits_, hosts_, blocks_, budget_) {}

    void feed(std::string_view bytes, std::size_t piece) {
        while (!bytes.empty() && !outcome_.is_closed) {
            const std::span<char> room = reader_.room();
            const std::size_t size = std::min({room.size(), bytes.size(), piece});
            std::copy_n(bytes.begin(), size, room.begin());
            bytes.remove_prefix(size);
            reader_.received(size);
            step();
        }
    }
    [[nodiscard]] const Outcome& outcome() const { return outcome_; }
    [[nodiscard]] bool is_in_head() const {
        return !outcome_.is_closed && reader_.waiting() == RequestReader::Waiting::in_head;
    }

 private:
    void step() {
        while (!outcome_.is_closed) {
            switch (reader_.next()) {
                case RequestReader::Step::read:
                    return;
                case RequestReader::Step::send_continue:
                    break;
                case RequestReader::Step::request:
                    ++outcome_.requests;
                    outcome_.is_closed = reader_.keep_alive() == KeepAlive::no;
                    break;
                case RequestReader::Step::refused:
                    outcome_.refusal = name(reader_.refusal());
                    outcome_.is_closed = true;
            }
        }
    }

    Limits limits_;
    AllowedHosts hosts_;
    BlockPool blocks_{RequestReader::block_bytes(limits_)};
    BufferBudget budget_{limits_.buffered_bytes};
    RequestReader reader_;
    Outcome outcome_;
};

struct Case {
    std::string title;
    std::string bytes;
    bool is_strict = false;  // a case of the plain mode
    bool must_fail = false;
    std::size_t messages = 0;
};

/// What the Host of a request has to be: what an absolute form says.
std::string host_of(std::string_view target) {
    constexpr std::string_view scheme = "http://";
    if (!target.starts_with(scheme)) {
        return "a.test";
    }
    target.remove_prefix(scheme.size());
    return std::string(target.substr(0, target.find_first_of("/?#")));
}

std::string with_host(std::string bytes) {
    if (bytes.find("ost:") != std::string::npos || bytes.find("OST:") != std::string::npos) {
        return bytes;
    }
    for (const std::string_view version : {" HTTP/1.1\r\n", " HTTP/1.0\r\n"}) {
        for (std::size_t at = bytes.find(version); at != std::string::npos;
             at = bytes.find(version, at + 1)) {
            const std::size_t target = bytes.rfind(' ', at - 1) + 1;
            const std::string host = host_of(std::string_view(bytes).substr(target, at - target));
            bytes.insert(at + version.size(), "Host: " + host + "\r\n");
        }
    }
    return bytes;
}

Case read_case(const Json& row) {
    std::string text(*row.find_text("input_b64"));
    text.erase(text.find_last_not_of('=') + 1);
    const Result<Bytes> bytes = base64_unpadded_decode(text);
    Case result;
    result.title =
        std::string(*row.find_text("file")) + ":" + std::to_string(*row.find("line")->as_integer());
    result.bytes = as_text(*bytes);
    const Json* meta = row.find("meta");
    result.is_strict = meta->find_text("type") == "request" || row.find_text("kind") == "url";
    if (row.find_text("kind") == "url") {
        result.bytes = "GET " + result.bytes + " HTTP/1.1\r\n\r\n";
    } else {
        result.messages = static_cast<std::size_t>(*row.find("messages_complete")->as_integer());
    }
    // 5 is data behind "Connection: close", which is never looked at; above 20 llhttp only pauses.
    const std::span<const Json> error = row.find("error")->items();
    const std::set<std::string_view> no_failures{"5", "21", "22", "23", "31"};
    result.must_fail = !error.empty() && !no_failures.contains(*error[0].as_text());
    return result;
}

std::vector<Case> read_cases(const std::string& vectors) {
    const Result<Json> rows = parse_json(vectors);
    std::vector<Case> cases;
    for (const Json& row : rows->items()) {
        cases.push_back(read_case(row));
    }
    return cases;
}

Outcome outcome_of(const std::string& bytes, std::size_t piece) {
    Peer peer;
    peer.feed(bytes, piece);
    // Some cases stop inside a head: end it, and try to get another request past a refusal.
    if (peer.is_in_head()) {
        peer.feed("\r\n\r\n", piece);
    }
    const std::size_t before = peer.outcome().requests;
    if (!peer.outcome().refusal.empty()) {
        peer.feed("GET /smuggled HTTP/1.1\r\nHost: a.test\r\n\r\n", piece);
    }
    EXPECT_EQ(peer.outcome().requests, before);
    return peer.outcome();
}

const std::set<std::string> stated_reasons{
    "malformed_request_line",  // RTSP, ICE
    "malformed_method",        // M-SEARCH, and what stands behind an upgrade
    "unsupported_method",      // methods that nothing here serves
    "malformed_target",        // fragments, quotation marks, no version
    "malformed_host",          // "0.0.0.0=5000", a user or a zone in front of or in the host
    "unsupported_coding",      // codings before chunked
    "ambiguous_length",        // Transfer-Encoding twice
    "malformed_chunk",         // chunk extensions and trailers
};

TEST(LlhttpCases, are_refused_where_llhttp_refuses_and_else_answered_or_refused_for_a_stated_reason) {
    CARDEA_VECTORS_OR_SKIP(vectors, "http/llhttp_request_cases.json");
    std::size_t answered = 0;
    std::size_t must_fail_refused = 0;
    std::map<std::string, std::size_t> refused_for;

    for (const Case& each : read_cases(vectors)) {
        if (!each.is_strict) {
            continue;
        }
        const std::string bytes = with_host(each.bytes);
        const Outcome outcome = outcome_of(bytes, bytes.size());
        EXPECT_EQ(outcome, outcome_of(bytes, 1)) << each.title;
        if (each.must_fail) {
            EXPECT_FALSE(outcome.refusal.empty()) << each.title << "\n" << each.bytes;
            EXPECT_LE(outcome.requests, each.messages) << each.title;
            ++must_fail_refused;
        } else if (outcome.refusal.empty()) {
            ++answered;
        } else {
            EXPECT_TRUE(stated_reasons.contains(outcome.refusal)) << each.title << " " << outcome.refusal;
            ++refused_for[outcome.refusal];
        }
    }

    std::printf(
        "llhttp, plain mode: %zu answered, %zu must fail and are refused\n", answered, must_fail_refused
    );
    for (const auto& [reason, count] : refused_for) {
        std::printf("  valid there, refused here: %s %zu\n", reason.c_str(), count);
    }
    EXPECT_GT(answered, 40U);
    EXPECT_GT(must_fail_refused, 40U);
}

TEST(LlhttpCases, of_the_lenient_modes_read_the_same_however_they_are_cut) {
    CARDEA_VECTORS_OR_SKIP(vectors, "http/llhttp_request_cases.json");
    std::size_t refused = 0;
    std::size_t read = 0;

    for (const Case& each : read_cases(vectors)) {
        if (each.is_strict) {
            continue;
        }
        for (const std::string& bytes : {each.bytes, with_host(each.bytes)}) {
            const Outcome outcome = outcome_of(bytes, bytes.size());
            EXPECT_EQ(outcome, outcome_of(bytes, 1)) << each.title;
            ++(outcome.refusal.empty() ? read : refused);
        }
    }

    std::printf("llhttp, lenient modes: %zu read, %zu refused\n", read, refused);
    EXPECT_GT(refused, read);
}

}  // namespace
}  // namespace cardea::net::detail
