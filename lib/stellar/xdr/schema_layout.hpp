#pragma once

#include <deque>

#include "stellar/xdr/type.hpp"

namespace indexer::stellar::xdr {

// Works out how many bytes the values of resolved types take, and how those bytes are found.
// Throws base::Error (internal) for a type that contains itself, which would have no end.
void lay_out(std::deque<Type>& types);

}  // namespace indexer::stellar::xdr
