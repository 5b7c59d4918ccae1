#pragma once

#include <deque>

#include "stellar/xdr/type.hpp"

namespace indexer::stellar::xdr {

// Looks up what typedefs and unions of freshly read types refer to, and sorts and names their
// cases. Throws base::Error (internal) for a schema that makes no sense.
void resolve(std::deque<Type>& types);

}  // namespace indexer::stellar::xdr
