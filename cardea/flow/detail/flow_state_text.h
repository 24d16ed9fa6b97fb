// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/bytes.h"
#include "cardea/flow/table.h"

#include <string>

namespace cardea::flow::detail {

/// A flow's state as it stands inside the seal.
struct FlowStateText {
    FlowId id;
    Progress progress;
    std::string next;
    std::string subject;
};

[[nodiscard]] Bytes encode(const FlowStateText& text);

/// Errc::malformed for anything that encode() does not write.
[[nodiscard]] Result<FlowStateText> decode(ByteView bytes);

}  // namespace cardea::flow::detail
