#pragma once

#include <span>

#include "model/row_batch.hpp"

namespace indexer::stellar {

// Goes up when the same ledger is decoded to other rows, or more of it is proven, so that what
// older versions made can be found: stellar.ledgers keeps it. From 2 on, sets of transactions and
// results are held against the header.
inline constexpr int kDecoderVersion = 2;

// Source of the columns' meaning: the comments in the migrations.
[[nodiscard]] model::Table const& ledgers_table() noexcept;
[[nodiscard]] model::Table const& transactions_table() noexcept;
[[nodiscard]] model::Table const& operations_table() noexcept;
[[nodiscard]] model::Table const& events_table() noexcept;
[[nodiscard]] model::Table const& token_operations_table() noexcept;
[[nodiscard]] model::Table const& contract_code_table() noexcept;
[[nodiscard]] model::Table const& account_entries_table() noexcept;

[[nodiscard]] std::span<model::Table const* const> tables() noexcept;

}  // namespace indexer::stellar
