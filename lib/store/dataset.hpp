#pragma once

#include <string>

namespace indexer::store {

// What coverage is kept for: a chain, and what rows are written of it (Source::content).
struct Dataset {
    std::string chain;
    std::string content;
};

}  // namespace indexer::store
