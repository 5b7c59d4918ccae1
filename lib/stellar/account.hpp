#pragma once

#include <optional>
#include <string>

#include "model/column.hpp"
#include "stellar/xdr/value.hpp"

namespace indexer::stellar {

// A MuxedAccount in the columns of a table: the account itself, so that it can be looked for, and
// the id behind it where there is one.
struct AccountColumns {
    std::string account;  // G...
    std::optional<model::Numeric> muxed_id;
};

[[nodiscard]] AccountColumns account_columns(xdr::Value const& muxed_account);

}  // namespace indexer::stellar
