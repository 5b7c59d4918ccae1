#include "tests/simulator/server/compress.hpp"

#include <algorithm>
#include <memory>

#include <libdeflate.h>

#include "tests/simulator/encoding/bytes.hpp"
#include "tests/simulator/encoding/deflate.hpp"

namespace indexer::simulator {
namespace {

constexpr int kFastest = 1;
constexpr std::string_view kHeader("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff", 10);
constexpr std::string_view kStored("\x00", 1);  // then the length, then the bytes
constexpr std::string_view kLastBlock("\x01\x00\x00\xff\xff", 5);  // of the stream; empty
constexpr std::size_t kFrame = 1 + 4;                              // around stored bytes
constexpr std::size_t kTrailer = 8;

struct Free {
    void operator()(libdeflate_compressor* compressor) const {
        libdeflate_free_compressor(compressor);
    }
};

std::string compressed(std::string const& body) {
    thread_local std::unique_ptr<libdeflate_compressor, Free> const compressor(
        libdeflate_alloc_compressor(kFastest));
    std::string packed(libdeflate_gzip_compress_bound(compressor.get(), body.size()), '\0');
    packed.resize(libdeflate_gzip_compress(compressor.get(), body.data(), body.size(),
                                           packed.data(), packed.size()));
    return packed;
}

bool is_spliceable(Text const& piece) {
    return piece.deflated().size > 0 || piece.size() <= kMostStored;
}

bool write_stored(Text const& piece, Sink const& sink, std::uint32_t& crc) {
    auto const bytes = piece.str();
    std::string block(kStored);
    append_stored_length(block, bytes.size());
    crc = libdeflate_crc32(crc, bytes.data(), bytes.size());
    return sink(block + bytes);
}

// The gzip stream of pieces that all are spliceable.
Text splice(std::vector<Text> pieces) {
    std::size_t size = kHeader.size() + kLastBlock.size() + kTrailer;
    std::size_t plain = 0;
    for (Text const& piece : pieces) {
        auto const deflated = piece.deflated().size;
        size += deflated > 0 ? deflated : kFrame + piece.size();
        plain += piece.size();
    }
    auto const produce = [kept = std::move(pieces), plain](Sink const& sink) {
        std::uint32_t crc = 0;
        auto const write = [&](Text const& piece) {
            auto const& deflated = piece.deflated();
            return deflated.size > 0 ? deflated.produce(sink, crc) : write_stored(piece, sink, crc);
        };
        if (!sink(kHeader) || !std::all_of(kept.begin(), kept.end(), write)) return false;
        return sink(Bytes().raw(kLastBlock).u32(crc).u32(plain).text());
    };
    return {size, produce};
}

}  // namespace

void compress(Reply& reply) {
    auto const& pieces = reply.pieces;
    if (std::all_of(pieces.begin(), pieces.end(), is_spliceable)) {
        reply.pieces = {splice(std::move(reply.pieces))};
    } else {
        reply.pieces = {Text(compressed(reply.body()))};
    }
    reply.headers.emplace_back("Content-Encoding", "gzip");
    reply.headers.emplace_back("Vary", "Accept-Encoding");
}

}  // namespace indexer::simulator
