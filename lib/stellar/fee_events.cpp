#include "stellar/fee_events.hpp"

#include <utility>

namespace indexer::stellar {

void FeeEvents::add(model::Numeric amount) noexcept {
    auto const before = sum_.value_or(0);
    sum_ = amount.negative ? before - amount.magnitude : before + amount.magnitude;
}

bool FeeEvents::end(std::int64_t charged) noexcept {
    auto const told = std::exchange(sum_, std::nullopt);
    if (charged != 0) ++(told ? telling_ : silent_);
    return !told || *told == static_cast<base::Uint128>(charged);
}

std::optional<bool> FeeEvents::emitted() const noexcept {
    if (telling_ + silent_ == 0) return std::nullopt;
    return telling_ > 0;
}

}  // namespace indexer::stellar
