#include "stellar/xdr/marked_stream.hpp"

#include <cstdint>

#include "stellar/xdr/decode_error.hpp"
#include "stellar/xdr/wire.hpp"

namespace indexer::stellar::xdr {
namespace {

constexpr std::uint32_t kLastFragment = 1U << 31;

}  // namespace

std::optional<std::string_view> MarkedStream::next() {
    if (left_.empty()) return std::nullopt;
    auto fragment = take_fragment();
    if (fragment.is_last) return fragment.bytes;
    joined_ = fragment.bytes;
    while (!fragment.is_last) {
        fragment = take_fragment();
        joined_ += fragment.bytes;
    }
    return joined_;
}

MarkedStream::Fragment MarkedStream::take_fragment() {
    auto const mark = left_.size() < kWord ? 0 : load_u32(left_.data());
    auto const length = mark & ~kLastFragment;
    if (left_.size() < kWord || left_.size() - kWord < length) {
        throw DecodeError(Defect::truncated, "record mark", size_ - left_.size());
    }
    auto const bytes = left_.substr(kWord, length);
    left_.remove_prefix(kWord + length);
    return {.bytes = bytes, .is_last = (mark & kLastFragment) != 0};
}

void append_marked(std::string& stream, std::string_view bytes) {
    append_u32(stream, static_cast<std::uint32_t>(bytes.size()) | kLastFragment);
    stream += bytes;
}

}  // namespace indexer::stellar::xdr
