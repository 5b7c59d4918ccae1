#pragma once

#include <array>
#include <cstddef>
#include <deque>
#include <string_view>

#include "solana/base58.hpp"

namespace indexer::solana {

// Addresses that stand in instruction data or events as bytes, spelled as text that stays valid
// until clear(). Keeps its memory.
class Spellings {
  public:
    void clear() noexcept { used_ = 0; }
    [[nodiscard]] std::string_view spell(base58::Bytes32 const& key) {
        if (used_ == texts_.size()) texts_.emplace_back();
        return base58::encode(key, texts_[used_++]);
    }

  private:
    std::deque<base58::Text32> texts_;  // a deque, because it does not move what it holds
    std::size_t used_ = 0;
};

}  // namespace indexer::solana
