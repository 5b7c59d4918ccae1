#include "tests/simulator/encoding/deflate.hpp"

#define ZLIB_CONST  // zlib reads its input through pointers to const
#include <zlib.h>

namespace indexer::simulator {
namespace {

constexpr int kRaw = -MAX_WBITS;    // no zlib header
constexpr int kMemoryLevel = 8;     // zlib's default
constexpr std::size_t kMarker = 4;  // an empty stored block's length, which ends a flush

// The flush and what is pending beside the text itself.
constexpr std::size_t kOverhead = 256;

}  // namespace

void append_stored_length(std::string& out, std::size_t size) {
    for (std::size_t const half : {size, ~size}) {
        out += static_cast<char>(half & 0xffU);
        out += static_cast<char>((half >> 8U) & 0xffU);
    }
}

GappedDeflate::GappedDeflate() : stream_(std::make_unique<z_stream_s>()) {
    ::deflateInit2(stream_.get(), Z_BEST_SPEED, Z_DEFLATED, kRaw, kMemoryLevel, Z_DEFAULT_STRATEGY);
}

GappedDeflate::~GappedDeflate() {
    ::deflateEnd(stream_.get());
}

std::string GappedDeflate::before_gap(std::string_view text, std::size_t gap_size) {
    std::string out(::deflateBound(stream_.get(), text.size()) + kOverhead, '\0');
    stream_->next_in = reinterpret_cast<Bytef const*>(text.data());
    stream_->avail_in = static_cast<uInt>(text.size());
    stream_->next_out = reinterpret_cast<Bytef*>(out.data());
    stream_->avail_out = static_cast<uInt>(out.size());
    ::deflate(stream_.get(), gap_size == 0 ? Z_FULL_FLUSH : Z_SYNC_FLUSH);
    out.resize(out.size() - stream_->avail_out - kMarker);
    // The gap takes its place in the window; text never holds this byte, so nothing refers to it.
    std::string const gap(gap_size, '\xff');
    ::deflateSetDictionary(stream_.get(), reinterpret_cast<Bytef const*>(gap.data()),
                           static_cast<uInt>(gap_size));
    return out;
}

}  // namespace indexer::simulator
