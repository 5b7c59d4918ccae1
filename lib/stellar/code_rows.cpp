#include "stellar/change.hpp"
#include "stellar/hex.hpp"
#include "stellar/rows.hpp"

namespace indexer::stellar {

void append_contract_code(LedgerHead const& head, Transaction const& transaction,
                          std::string_view uploader, xdr::Value const& changes,
                          model::RowBatch& rows) {
    for (auto const change : changes) {
        auto const kind = change_kind(change);
        if (kind != ChangeKind::created && kind != ChangeKind::restored) continue;
        auto const code = changed_entry(change, kContractCodeEntry);
        if (!code) continue;
        auto const wasm = (*code)["code"].bytes();
        rows.append(hex((*code)["hash"].bytes()), head.seq.value(), wasm, head.closed_at,
                    transaction.id, uploader, wasm.size());
    }
}

}  // namespace indexer::stellar
