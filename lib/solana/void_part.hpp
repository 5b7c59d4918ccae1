#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

#include "base/seq.hpp"

namespace indexer::solana {

// A transaction as far as it tells whether it took part in its block.
struct Listed {
    std::string_view signature{};
    bool executed = false;  // its metadata is there
};

// The positions of a signature that is there twice.
struct Repeated {
    std::size_t earlier = 0;
    std::size_t later = 0;
};

// Nothing when each signature is there once, as in every block of a cluster; else the first that
// repeats. A transaction whose signature is empty, because it could not be read, counts as none.
[[nodiscard]] std::optional<Repeated> first_repeated(std::span<Listed const> transactions);

// How many transactions at the start of a block are void, because its leader updated the parent
// after it had begun: some nodes list them as well, so that a signature that is in both parts is
// there twice. Nothing when that cannot be told for sure.
//
// It can when the slot is one where this may happen, every transaction could be read, and some
// first part of the list is nothing but transactions that are there again behind it or that were
// not executed, while all behind that part were executed and are there once. Where the part ends is
// told by the metadata, if none of it was executed; else by the order, if the first one behind it
// is there again.
[[nodiscard]] std::optional<std::size_t> void_part(base::Seq slot,
                                                   std::span<Listed const> transactions);

}  // namespace indexer::solana
