#pragma once

#include <span>
#include <string>

#include "model/row_batch.hpp"

namespace indexer::store {

// What coverage is kept for: a chain, and what rows are written of it (Source::content).
struct Dataset {
    std::string chain;
    std::string content;
    std::span<model::Table const* const> tables{};  // where these rows lie; outlives the dataset
    int decoder_version = 0;                        // of the decoder that makes them
};

}  // namespace indexer::store
