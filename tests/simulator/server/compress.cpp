#include "tests/simulator/server/compress.hpp"

#include <memory>

#include <libdeflate.h>

namespace indexer::simulator {
namespace {

constexpr int kFastest = 1;

struct Free {
    void operator()(libdeflate_compressor* compressor) const {
        libdeflate_free_compressor(compressor);
    }
};

}  // namespace

void compress(Reply& reply) {
    thread_local std::unique_ptr<libdeflate_compressor, Free> const compressor(
        libdeflate_alloc_compressor(kFastest));
    std::string const body = reply.body();
    std::string packed(libdeflate_gzip_compress_bound(compressor.get(), body.size()), '\0');
    packed.resize(libdeflate_gzip_compress(compressor.get(), body.data(), body.size(),
                                           packed.data(), packed.size()));
    reply.pieces.assign(1, std::move(packed));
    reply.headers.emplace_back("Content-Encoding", "gzip");
    reply.headers.emplace_back("Vary", "Accept-Encoding");
}

}  // namespace indexer::simulator
