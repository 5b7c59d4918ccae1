#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/seq.hpp"
#include "store/dataset.hpp"

// What the user can do about a result, as commands that can be run as they are printed.
namespace indexer::cli {

// `command` for a part of a dataset: the range and the options that choose its content follow.
[[nodiscard]] std::string command_for(std::string_view command, store::Dataset const& dataset,
                                      base::SeqRange range);

// A line that tells of dead letters in a part of a dataset, and how to try them again.
[[nodiscard]] std::string dead_letters_text(std::uint64_t letters, store::Dataset const& dataset,
                                            base::SeqRange range);

}  // namespace indexer::cli
