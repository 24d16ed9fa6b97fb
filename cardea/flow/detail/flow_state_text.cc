// SPDX-License-Identifier: Apache-2.0
#include "cardea/flow/detail/flow_state_text.h"

#include <algorithm>

namespace cardea::flow::detail {
namespace {

// version 1 | flow id 16 | flow 1 | state 1 | steps 1 | account 16 | expires at 8 | size of next 2 | next |
// subject
constexpr std::uint8_t version = 1;
constexpr std::size_t fixed_size = 46;

void append_number(Bytes& out, std::uint64_t number, unsigned bytes) {
    for (unsigned i = bytes; i > 0; --i) {
        out.push_back(static_cast<std::uint8_t>(number >> (8 * (i - 1))));
    }
}

std::uint64_t read_number(ByteView bytes) {
    std::uint64_t number = 0;
    for (const std::uint8_t byte : bytes) {
        number = number << 8U | byte;
    }
    return number;
}

template <class Tag>
Id<Tag> read_id(ByteView bytes) {
    std::array<std::uint8_t, 16> out{};
    std::ranges::copy(bytes.first<16>(), out.begin());
    return Id<Tag>(out);
}

/// Whether the table knows such a state of such a flow at all.
bool is_known(const Progress& progress) {
    return std::ranges::any_of(transitions, [&progress](const Transition& row) {
        return row.flow == progress.flow && (row.from == progress.state || row.to == progress.state);
    });
}

}  // namespace

Bytes encode(const FlowStateText& text) {
    Bytes out{version};
    out.insert(out.end(), text.id.bytes().begin(), text.id.bytes().end());
    out.push_back(static_cast<std::uint8_t>(text.progress.flow));
    out.push_back(static_cast<std::uint8_t>(text.progress.state));
    out.push_back(text.progress.done.bits());
    out.insert(out.end(), text.progress.account.bytes().begin(), text.progress.account.bytes().end());
    append_number(out, static_cast<std::uint64_t>(text.progress.expires_at.time_since_epoch().count()), 8);
    append_number(out, text.next.size(), 2);
    out.insert(out.end(), text.next.begin(), text.next.end());
    out.insert(out.end(), text.subject.begin(), text.subject.end());
    return out;
}

Result<FlowStateText> decode(ByteView bytes) {
    if (bytes.size() < fixed_size || bytes[0] != version) {
        return fail(Errc::malformed, "flow state");
    }
    FlowStateText text;
    text.id = read_id<FlowTag>(bytes.subspan(1));
    text.progress.flow = static_cast<Flow>(bytes[17]);
    text.progress.state = static_cast<State>(bytes[18]);
    text.progress.done = Steps(bytes[19]);
    text.progress.account = read_id<AccountTag>(bytes.subspan(20));
    text.progress.expires_at = Time(Duration(static_cast<Duration::rep>(read_number(bytes.subspan(36, 8)))));
    const std::size_t next_size = read_number(bytes.subspan(44, 2));
    if (!is_known(text.progress) || bytes.size() < fixed_size + next_size) {
        return fail(Errc::malformed, "flow state");
    }
    text.next = as_text(bytes.subspan(fixed_size, next_size));
    text.subject = as_text(bytes.subspan(fixed_size + next_size));
    return text;
}

}  // namespace cardea::flow::detail
