// Any bytes as gzip and as zstd: nothing but the errors that are promised, and never more memory
// than was counted.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/body.hpp"
#include "rpc/gunzip.hpp"
#include "stellar/lake/zstd.hpp"

namespace indexer {
namespace {

constexpr std::size_t kMemory = 4U << 20U;
constexpr std::size_t kMost = 1U << 20U;

void try_gzip(std::string_view packed) {
    static rpc::Gunzip gunzip;
    base::MemoryBudget memory(kMemory);
    base::Bodies bodies(memory);
    auto text = bodies.take();
    try {
        gunzip.unpack(packed, {kMost, memory}, 64, text);
        if (text->size() > kMost) std::abort();
    } catch (base::Error const&) {
        // It is broken, or too large.
    }
    if (text->capacity() > memory.used() + base::Body::kFree) std::abort();
}

void try_zstd(std::string_view packed) {
    base::MemoryBudget budget(16U << 20U);
    base::MemoryShare memory(budget);
    try {
        if (stellar::unpack_zstd(packed, kMost, memory, 1).size() > kMost) std::abort();
    } catch (base::Error const&) {
        // The same.
    }
}

}  // namespace
}  // namespace indexer

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer calls it so
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const bytes(reinterpret_cast<char const*>(data), size);
    indexer::try_gzip(bytes);
    indexer::try_zstd(bytes);
    return 0;
}
