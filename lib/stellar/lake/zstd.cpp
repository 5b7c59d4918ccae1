#include "stellar/lake/zstd.hpp"

#include <algorithm>
#include <memory>

#include <fmt/format.h>
#include <zstd.h>

#include "base/error.hpp"

namespace indexer::stellar {
namespace {

struct Free {
    void operator()(ZSTD_DStream* stream) const noexcept { ZSTD_freeDStream(stream); }
};

base::Error not_understood(std::string const& what) {
    return {base::Fault::not_understood, base::Recovery::never, "zstd: " + what};
}

}  // namespace

std::string unpack_zstd(std::string_view packed, std::size_t most) {
    std::unique_ptr<ZSTD_DStream, Free> const stream(ZSTD_createDStream());
    ZSTD_inBuffer in{packed.data(), packed.size(), 0};
    std::string bytes;
    // 0 at the end of a frame, behind which another may begin.
    std::size_t left = 1;
    while (in.pos < in.size || left != 0) {
        auto const before = bytes.size();
        bytes.resize(std::min(most, before + ZSTD_DStreamOutSize()));
        ZSTD_outBuffer out{bytes.data() + before, bytes.size() - before, 0};
        auto const read_before = in.pos;
        left = ZSTD_decompressStream(stream.get(), &out, &in);
        if (ZSTD_isError(left) != 0U) throw not_understood(ZSTD_getErrorName(left));
        bytes.resize(before + out.pos);
        if (bytes.size() == most && left != 0) {
            throw not_understood(fmt::format("more than {} bytes unpacked", most));
        }
        if (out.pos == 0 && in.pos == read_before && left != 0) {
            throw not_understood("the data end before their time");
        }
    }
    return bytes;
}

}  // namespace indexer::stellar
