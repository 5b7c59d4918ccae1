#include "rpc/body_buffer.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <simdjson.h>

namespace indexer::rpc {
namespace {

constexpr std::size_t kPadding = simdjson::SIMDJSON_PADDING;
// A promise is believed up to here; beyond it memory follows the bytes.
constexpr std::size_t kBelievedLength = 16U * 1024 * 1024;

// While it grows a body is there twice; unpacked, parsed and made rows of, it takes this much.
constexpr std::size_t kLargestPart = 9;

}  // namespace

AnswerLimit::AnswerLimit(std::size_t allowed, base::MemoryBudget const& memory) noexcept
    : bytes(std::min(allowed, memory.limit() / kLargestPart)), for_memory(bytes < allowed) {
}

base::Error too_large(AnswerLimit limit) {
    std::string const option = limit.for_memory ? "--max-memory" : "--max-response-size";
    return {base::Fault::endpoint, base::Recovery::retry_elsewhere,
            fmt::format("answer of more than {} bytes, the most by {}", limit.bytes, option),
            "if it may be as large, set " + option + " higher"};
}

void BodyBuffer::clear() {
    body_ = {};
    overflowed_ = false;
}

bool BodyBuffer::append(std::string_view bytes, std::int64_t promised) {
    auto const believed =
        std::min(static_cast<std::size_t>(std::max<std::int64_t>(promised, 0)), kBelievedLength);
    if (!body_) body_ = bodies_.take(believed + kPadding);
    auto const size = body_->size() + bytes.size();
    overflowed_ = size > limit_.bytes;
    if (overflowed_) return false;
    if (size + kPadding > body_->capacity()) {
        auto const wanted = std::max({size, believed, 2 * body_->capacity()});
        auto const capacity = std::min(wanted, limit_.bytes) + kPadding;
        body_.count(capacity + body_->capacity());
        body_->reserve(capacity);
    }
    body_->append(bytes);
    return true;
}

base::Body BodyBuffer::take() {
    if (!body_) body_ = bodies_.take();
    if (body_->capacity() < body_->size() + kPadding) body_->reserve(body_->size() + kPadding);
    return std::move(body_);
}

}  // namespace indexer::rpc
