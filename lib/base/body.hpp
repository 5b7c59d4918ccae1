#pragma once

#include <string>

#include "base/free_list.hpp"

namespace indexer::base {

// The bytes of an answer. What held them is used again for a later one: memory that is new costs
// the system more time than the program needs to read what is put there.
using Bodies = FreeList<std::string>;
using Body = Bodies::Lease;

// One that goes back to no list.
[[nodiscard]] Body body_of(std::string bytes);

}  // namespace indexer::base
