#pragma once

#include "model/row_batch.hpp"
#include "stellar/ledger_view.hpp"

// The row builders: each appends what one table holds of a ledger or of one of its transactions.
namespace indexer::stellar {

// stellar.ledgers; `contents` is what LedgerCloseMeta of any version holds.
void append_ledger(LedgerHead const& head, LedgerTotals const& totals, xdr::Value const& contents,
                   model::RowBatch& rows);

}  // namespace indexer::stellar
