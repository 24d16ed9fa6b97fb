// SPDX-License-Identifier: Apache-2.0
#include "cardea/cookies/detail/zlib.h"

#include "cardea/base/assert.h"

#include <zlib.h>

#include <array>

namespace cardea::cookies::detail {
namespace {

class Inflater {
 public:
    Inflater() noexcept { CARDEA_ASSERT(inflateInit(&stream_) == Z_OK); }
    ~Inflater() { inflateEnd(&stream_); }
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;

    void set_input(ByteView bytes) noexcept {
        stream_.next_in = const_cast<Bytef*>(bytes.data());  // zlib does not write to it
        stream_.avail_in = static_cast<uInt>(bytes.size());
    }

    /// Fills `out` as far as the input goes.
    int step(std::span<char> out) noexcept {
        stream_.next_out = reinterpret_cast<Bytef*>(out.data());
        stream_.avail_out = static_cast<uInt>(out.size());
        return inflate(&stream_, Z_NO_FLUSH);
    }

    [[nodiscard]] std::size_t left_in() const noexcept { return stream_.avail_in; }
    [[nodiscard]] std::size_t left_out() const noexcept { return stream_.avail_out; }

 private:
    z_stream stream_{};
};

}  // namespace

Bytes zlib_compress(std::string_view text) {
    uLongf size = compressBound(static_cast<uLong>(text.size()));
    Bytes bytes(size);
    const ByteView in = as_bytes(text);
    CARDEA_ASSERT(compress(bytes.data(), &size, in.data(), static_cast<uLong>(in.size())) == Z_OK);
    bytes.resize(size);
    return bytes;
}

Result<std::string> zlib_decompress(ByteView bytes, std::size_t limit) {
    Inflater inflater;
    inflater.set_input(bytes);
    std::string text;
    std::array<char, 4096> chunk;
    int state = Z_OK;
    while (state == Z_OK) {
        state = inflater.step(chunk);
        text.append(chunk.data(), chunk.size() - inflater.left_out());
        if (text.size() > limit) {
            return fail(Errc::too_large, "zlib");
        }
    }
    if (state != Z_STREAM_END || inflater.left_in() > 0) {
        return fail(Errc::malformed, "zlib");
    }
    return text;
}

}  // namespace cardea::cookies::detail
