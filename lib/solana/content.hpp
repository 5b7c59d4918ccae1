#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/config.hpp"
#include "model/row_batch.hpp"
#include "solana/filter.hpp"
#include "solana/tables.hpp"

namespace indexer::solana {

[[nodiscard]] std::vector<model::Table const*> all_tables();

// What rows are made of a block.
struct Content {
    bool votes = false;  // rows of vote transactions
    bool rewards = false;
    std::vector<model::Table const*> tables = all_tables();
    Filter filter = {};
};

// Throws base::Error with Fault::usage when the configuration names a table that is not there or an
// address that is none, or when it names too many.
[[nodiscard]] Content content_of(config::Solana const& config);

// The content in words: whatever changes which rows are written changes them.
[[nodiscard]] std::string name_of(Content const& content);

// The command-line options that choose the content of that name, each behind a space.
[[nodiscard]] std::string options_for(std::string_view content);

}  // namespace indexer::solana
