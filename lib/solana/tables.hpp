#pragma once

#include <span>

#include "model/row_batch.hpp"

namespace indexer::solana {

// Goes up when the same answer is decoded to other rows, so that rows made by older versions can
// be found: solana.blocks keeps it.
inline constexpr int kDecoderVersion = 2;

// Source of the columns' meaning: the comments in sql/migrations/0002_solana.sql and
// 0003_solana_events.sql.
[[nodiscard]] model::Table const& blocks_table() noexcept;
[[nodiscard]] model::Table const& transactions_table() noexcept;
[[nodiscard]] model::Table const& token_transfers_table() noexcept;
[[nodiscard]] model::Table const& sol_transfers_table() noexcept;
[[nodiscard]] model::Table const& swaps_table() noexcept;

[[nodiscard]] std::span<model::Table const* const> tables() noexcept;

}  // namespace indexer::solana
