#include "rpc/gunzip.hpp"

#include <cstdint>
#include <new>

#include <libdeflate.h>

#include "base/error.hpp"
#include "rpc/body_buffer.hpp"

namespace indexer::rpc {
namespace {

base::Error broken(std::string const& what) {
    return {base::Fault::endpoint, base::Recovery::retry_elsewhere, what};
}

// The last four bytes are the unpacked size modulo 2^32; the limit is far below that.
std::size_t told_size(std::string_view packed) {
    if (packed.size() < 18) throw broken("truncated gzip answer");
    std::size_t size = 0;
    for (int i = 1; i <= 4; ++i) {
        size =
            size << 8 | static_cast<unsigned char>(packed[packed.size() - static_cast<size_t>(i)]);
    }
    return size;
}

}  // namespace

Gunzip::Gunzip() : decompressor_(libdeflate_alloc_decompressor()) {
    if (!decompressor_) throw std::bad_alloc();
}

void Gunzip::Free::operator()(libdeflate_decompressor* decompressor) const noexcept {
    libdeflate_free_decompressor(decompressor);
}

void Gunzip::unpack(std::string_view packed, std::size_t limit, std::size_t padding,
                    std::string& text) {
    auto const size = told_size(packed);
    if (size > limit) throw too_large(limit);
    if (text.capacity() < size + padding) text.clear();  // not worth a copy
    text.reserve(size + padding);
    text.resize(size);
    // A size that was told wrong, or a second member, is an error here and not a larger buffer.
    std::size_t used = 0;
    auto const result = libdeflate_gzip_decompress_ex(
        decompressor_.get(), packed.data(), packed.size(), text.data(), size, &used, nullptr);
    if (result != LIBDEFLATE_SUCCESS || used != packed.size()) throw broken("broken gzip answer");
}

}  // namespace indexer::rpc
