#include "rpc/body_buffer.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <simdjson.h>

namespace indexer::rpc {
namespace {

constexpr std::size_t kPadding = simdjson::SIMDJSON_PADDING;
// A promise is believed up to here; beyond it memory follows the bytes.
constexpr std::size_t kBelievedLength = 16U * 1024 * 1024;

}  // namespace

base::Error too_large(std::size_t limit) {
    return {base::Fault::endpoint, base::Recovery::retry_elsewhere,
            fmt::format("answer of more than {} bytes", limit),
            "if it may be as large, set --max-response-size higher"};
}

void BodyBuffer::clear() {
    if (!body_) body_ = bodies_.take();
    body_->clear();
    overflowed_ = false;
}

bool BodyBuffer::append(std::string_view bytes, std::int64_t promised) {
    auto const size = body_->size() + bytes.size();
    overflowed_ = size > limit_;
    if (overflowed_) return false;
    if (size + kPadding > body_->capacity()) {
        auto const believed = std::min(
            static_cast<std::size_t>(std::max<std::int64_t>(promised, 0)), kBelievedLength);
        auto const wanted = std::max({size, believed, 2 * body_->capacity()});
        body_->reserve(std::min(wanted, limit_) + kPadding);
    }
    body_->append(bytes);
    return true;
}

base::Body BodyBuffer::take() {
    body_->reserve(body_->size() + kPadding);
    return std::move(body_);
}

}  // namespace indexer::rpc
