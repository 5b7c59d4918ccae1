#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stellar/operation_details.hpp"
#include "stellar/result.hpp"
#include "stellar/rows.hpp"

namespace indexer::stellar {
namespace {

// What the operation itself says, or else why it was not tried.
std::string_view code_of(xdr::Value const& result) {
    auto const inner = result.content();
    return inner ? inner->content()->arm() : result.arm();
}

// One an operation; none where the transaction failed before any was tried.
std::vector<std::string_view> codes_of(xdr::Value const& transaction_result) {
    std::vector<std::string_view> codes;
    if (auto const results = operation_results(transaction_result)) {
        for (auto const result : *results) codes.push_back(code_of(result));
    }
    return codes;
}

}  // namespace

void append_operations(LedgerHead const& head, Hash const& network, Transaction const& transaction,
                       model::RowBatch& rows) {
    auto const codes = codes_of(transaction.result);
    std::size_t index = 0;
    for (auto const operation : transaction.operations()) {
        auto const body = operation["body"];
        auto const source = operation_source(transaction, operation);
        std::optional<std::string_view> code;
        if (index < codes.size()) code = codes[index];
        rows.append(head.seq.value(), transaction.application_order, index++, transaction.id,
                    head.closed_at, body.arm(), source.account, source.muxed_id, code,
                    transaction.succeeded, operation_details(network, body));
    }
}

}  // namespace indexer::stellar
