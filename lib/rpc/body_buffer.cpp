#include "rpc/body_buffer.hpp"

#include <algorithm>
#include <utility>

#include <simdjson.h>

namespace indexer::rpc {
namespace {

constexpr std::size_t kPadding = simdjson::SIMDJSON_PADDING;
// A promise is believed up to here; beyond it memory follows the bytes.
constexpr std::size_t kBelievedLength = 16U * 1024 * 1024;

}  // namespace

void BodyBuffer::clear() noexcept {
    bytes_.clear();
    overflowed_ = false;
}

bool BodyBuffer::append(std::string_view bytes, std::int64_t promised) {
    auto const size = bytes_.size() + bytes.size();
    overflowed_ = size > limit_;
    if (overflowed_) return false;
    if (size + kPadding > bytes_.capacity()) {
        auto const believed = std::min(
            static_cast<std::size_t>(std::max<std::int64_t>(promised, 0)), kBelievedLength);
        auto const wanted = std::max({size, believed, 2 * bytes_.capacity()});
        bytes_.reserve(std::min(wanted, limit_) + kPadding);
    }
    bytes_.append(bytes);
    return true;
}

std::string BodyBuffer::take() {
    bytes_.reserve(bytes_.size() + kPadding);
    return std::exchange(bytes_, {});
}

}  // namespace indexer::rpc
