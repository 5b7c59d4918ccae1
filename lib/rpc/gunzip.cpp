#include "rpc/gunzip.hpp"

#include <algorithm>
#include <cstdint>
#include <new>
#include <string>

#include <libdeflate.h>

#include "base/error.hpp"

namespace indexer::rpc {
namespace {

// Nothing deflated is smaller than this part of what it was. Source: zlib, "Maximum Compression
// Factor" (1032 to 1).
constexpr std::size_t kMostRatio = 1032;
// Of JSON; blocks have 4 to 12.
constexpr std::size_t kUsualRatio = 32;

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

bool Gunzip::unpack_into(std::string_view packed, std::string& text) {
    // A second member is an error here and not a larger buffer.
    std::size_t used = 0;
    std::size_t written = 0;
    auto const result =
        libdeflate_gzip_decompress_ex(decompressor_.get(), packed.data(), packed.size(),
                                      text.data(), text.size(), &used, &written);
    if (result == LIBDEFLATE_INSUFFICIENT_SPACE) return false;
    if (result != LIBDEFLATE_SUCCESS || used != packed.size()) throw broken("broken gzip answer");
    text.resize(written);
    return true;
}

void Gunzip::unpack(std::string_view packed, AnswerLimit limit, std::size_t padding,
                    base::Body& text) {
    auto const told = told_size(packed);
    if (told > limit.bytes) throw too_large(limit);
    if (told / kMostRatio > packed.size()) throw broken("gzip answer of an impossible size");
    for (auto size = std::min(told, packed.size() * kUsualRatio);;
         size = std::min(told, 2 * size)) {
        // Not worth a copy; and an assignment would keep the room.
        if (text->capacity() < size + padding) std::string().swap(*text);
        text.count(size + padding);
        text->reserve(size + padding);
        text->resize(size);
        if (unpack_into(packed, *text)) return;
        if (size == told) throw broken("broken gzip answer");
    }
}

}  // namespace indexer::rpc
