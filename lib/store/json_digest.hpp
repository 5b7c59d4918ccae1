#pragma once

#include <cstdint>
#include <string_view>

namespace indexer::store {

// A number that a JSON value comes down to, as RowDigest's: neither white space, nor escapes that
// need not be, nor exponents, nor the order of an object's keys change it, as PostgreSQL's jsonb
// keeps none of them. Text that is no JSON has a digest too; nesting costs memory, not stack.
[[nodiscard]] std::uint64_t json_digest(std::string_view text);

}  // namespace indexer::store
