#pragma once

#include "stellar/xdr/value.hpp"

namespace indexer::stellar {

// Whether a TransactionResult says that the transaction took effect.
[[nodiscard]] bool succeeded(xdr::Value const& result);

// The results of its operations, as many as it has; nothing where it failed before any was tried.
// Those of a fee bump are the inner transaction's.
[[nodiscard]] xdr::OptionalValue operation_results(xdr::Value const& result);

}  // namespace indexer::stellar
