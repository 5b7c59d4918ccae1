#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "stellar/account.hpp"
#include "stellar/xdr/value.hpp"

namespace indexer::stellar {

// A transaction as it was applied, with what several tables need of it. Of a fee bump, the envelope
// is the outer one, `body` the transaction inside.
struct Transaction {
    std::string id;       // hash, hex; of a fee bump the outer one's
    xdr::Value envelope;  // TransactionEnvelope
    xdr::Value result;    // TransactionResult
    // Transaction, or TransactionV0 with account and time bounds in forms of their own.
    xdr::Value body;
    xdr::OptionalValue fee_bump;     // FeeBumpTransaction
    AccountColumns source;           // of the body
    std::int32_t application_order;  // from 1
    bool is_v0;
    bool succeeded;

    [[nodiscard]] xdr::Value operations() const { return body["operations"]; }
};

// Views envelope and result, which must outlive it.
[[nodiscard]] Transaction read_transaction(std::int32_t application_order, std::string id,
                                           xdr::Value const& envelope, xdr::Value const& result);

// Of one of its operations: its own, or else the transaction's.
[[nodiscard]] AccountColumns operation_source(Transaction const& transaction,
                                              xdr::Value const& operation);

}  // namespace indexer::stellar
