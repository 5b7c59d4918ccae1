#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/config.hpp"
#include "model/row_batch.hpp"

namespace indexer::stellar {

[[nodiscard]] std::vector<model::Table const*> all_tables();

// What rows are made of a ledger.
struct Content {
    std::vector<model::Table const*> tables = all_tables();
};

[[nodiscard]] bool has_table(Content const& content, model::Table const& table) noexcept;

// Throws base::Error with Fault::usage when the configuration names a table that is not there.
[[nodiscard]] Content content_of(config::Stellar const& config);

// The content in words: whatever changes which rows are written changes them.
[[nodiscard]] std::string name_of(Content const& content);

// The command-line options that choose the content of that name, each behind a space.
[[nodiscard]] std::string options_for(std::string_view content);

}  // namespace indexer::stellar
