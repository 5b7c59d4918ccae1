#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/row_batch.hpp"

namespace indexer::model {

// The table's name without its schema.
[[nodiscard]] std::string_view short_name(Table const& table) noexcept;

// Those of `tables` that `names` (short ones) name, in the order of `tables`, each once. Throws
// base::Error with Fault::usage when a name is none of theirs, or there is none.
[[nodiscard]] std::vector<Table const*> choose_tables(std::span<Table const* const> tables,
                                                      std::vector<std::string> const& names);

// Their short names, separated by commas.
[[nodiscard]] std::string names_of(std::span<Table const* const> tables);

// The command-line option that chooses the tables of these short names, separated by commas; empty
// when they are all of `tables`. It begins with a space.
[[nodiscard]] std::string option_for(std::string_view names, std::span<Table const* const> tables);

}  // namespace indexer::model
