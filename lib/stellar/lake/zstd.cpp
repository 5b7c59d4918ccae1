#include "stellar/lake/zstd.hpp"

#include <algorithm>
#include <memory>

#include <fmt/format.h>
#include <zstd.h>

#include "base/error.hpp"

namespace indexer::stellar {
namespace {

// 8 MiB, which every decoder must allow and no usual level exceeds. Source: RFC 8878, 3.1.1.1.2.
constexpr int kLargestWindowLog = 23;
// The window and the buffers around it.
constexpr std::size_t kWindowBytes = 9U * 1024 * 1024;

struct Free {
    void operator()(ZSTD_DStream* stream) const noexcept { ZSTD_freeDStream(stream); }
};

base::Error not_understood(std::string const& what) {
    return {base::Fault::not_understood, base::Recovery::never, "zstd: " + what};
}

// While it grows the text is there twice.
void make_room(std::string& bytes, std::size_t size, std::size_t most, base::MemoryShare& memory,
               std::size_t copies) {
    if (size > bytes.capacity()) {
        auto const capacity = std::min(most, std::max(size, 2 * bytes.capacity()));
        memory.grow_to(kWindowBytes + std::max(copies * size, capacity + bytes.capacity()));
        bytes.reserve(capacity);
    }
    memory.grow_to(kWindowBytes + copies * size);
    bytes.resize(size);
}

}  // namespace

std::string unpack_zstd(std::string_view packed, std::size_t most, base::MemoryShare& memory,
                        std::size_t copies) {
    std::unique_ptr<ZSTD_DStream, Free> const stream(ZSTD_createDStream());
    ZSTD_DCtx_setParameter(stream.get(), ZSTD_d_windowLogMax, kLargestWindowLog);
    memory.grow_to(kWindowBytes);
    ZSTD_inBuffer in{packed.data(), packed.size(), 0};
    std::string bytes;
    // 0 at the end of a frame, behind which another may begin.
    std::size_t left = 1;
    while (in.pos < in.size || left != 0) {
        auto const before = bytes.size();
        make_room(bytes, std::min(most, before + ZSTD_DStreamOutSize()), most, memory, copies);
        ZSTD_outBuffer out{bytes.data() + before, bytes.size() - before, 0};
        auto const read_before = in.pos;
        left = ZSTD_decompressStream(stream.get(), &out, &in);
        if (ZSTD_isError(left) != 0U) throw not_understood(ZSTD_getErrorName(left));
        bytes.resize(before + out.pos);
        if (bytes.size() == most && left != 0) {
            throw not_understood(
                fmt::format("more than {} bytes unpacked, the most by --max-response-size", most));
        }
        if (out.pos == 0 && in.pos == read_before && left != 0) {
            throw not_understood("the data end before their time");
        }
    }
    return bytes;
}

}  // namespace indexer::stellar
