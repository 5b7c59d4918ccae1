#pragma once

#include <spdlog/spdlog.h>

#include "config/config.hpp"

// Where the program says what it does: stderr, one line a message. Call spdlog::info() and its
// like directly; never with a Secret.
namespace indexer::observe {

// Sets level and format of every later message. Call once, before threads start.
void set_up_log(config::Log const& log);

}  // namespace indexer::observe
