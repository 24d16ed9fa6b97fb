// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/net/detail/request_reader.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

namespace cardea::net::testing {

using Step = detail::RequestReader::Step;
using Seen = std::vector<std::string>;

/// A reader, and what came out of it.
class Reading {
 public:
    explicit Reading(const Limits& limits = {})
        : limits_(limits), reader_(limits_, hosts_, blocks_, budget_) {}

    /// Gives it the bytes, at most `piece` at a time, until it refuses or they are gone.
    void feed(std::string_view bytes, std::size_t piece = 1'000'000) {
        while (!bytes.empty() && !is_refused_) {
            bytes.remove_prefix(take(bytes.substr(0, piece)));
            take_requests();
        }
    }
    /// Gives it as many of the bytes as it has room for, and does not look at what comes out.
    std::size_t take(std::string_view bytes) {
        const std::span<char> room = reader_.room();
        const std::size_t size = std::min(room.size(), bytes.size());
        std::memcpy(room.data(), bytes.data(), size);
        reader_.received(size);
        return size;
    }

    Seen seen;  // "path body" of each request
    std::size_t continues = 0;

    [[nodiscard]] bool is_refused() const { return is_refused_; }
    [[nodiscard]] Refusal refusal() const { return reader_.refusal(); }
    detail::RequestReader& reader() { return reader_; }
    [[nodiscard]] std::size_t buffered() const { return budget_.taken(); }

 private:
    void take_requests() {
        Step step = reader_.next();
        for (; step == Step::request || step == Step::send_continue; step = reader_.next()) {
            if (step == Step::send_continue) {
                ++continues;
            } else {
                const http::Request& request = reader_.request();
                seen.push_back(std::string(request.path) + " " + std::string(request.body));
            }
        }
        is_refused_ = step == Step::refused;
    }

    const Limits limits_;
    AllowedHosts hosts_;
    detail::BlockPool blocks_{detail::RequestReader::block_bytes(limits_)};
    detail::BufferBudget budget_{limits_.buffered_bytes};
    detail::RequestReader reader_;
    bool is_refused_ = false;
};

inline std::string get(std::string_view path, std::string_view lines = {}) {
    return "GET " + std::string(path) + " HTTP/1.1\r\nHost: a.test\r\n" + std::string(lines) + "\r\n";
}

inline std::string head_of_post(std::string_view lines) {
    return "POST /p HTTP/1.1\r\nHost: a.test\r\n" + std::string(lines) + "\r\n";
}

inline std::string chunked(std::string_view chunks) {
    return head_of_post("Transfer-Encoding: chunked\r\n") + std::string(chunks);
}

}  // namespace cardea::net::testing
