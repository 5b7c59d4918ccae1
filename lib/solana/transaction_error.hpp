#pragma once

#include <cstddef>
#include <string_view>

namespace indexer::solana {

// Whether a node can have said this of a transaction of so many instructions: why it failed, as
// JSON without space. Names that are not known yet may be.
// Source: TransactionError and InstructionError of Agave, as serde writes them.
[[nodiscard]] bool is_transaction_error(std::string_view error, std::size_t instructions) noexcept;

}  // namespace indexer::solana
