#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/column.hpp"
#include "stellar/xdr/value.hpp"

namespace indexer::stellar {

// What an event says that a token's contract did.
struct TokenOperation {
    std::string_view
        type;  // transfer, mint, burn, clawback, approve, set_authorized, set_admin, fee
    std::optional<std::string> admin;
    std::optional<std::string> from;
    std::optional<std::string> to;
    std::optional<std::string> asset;  // as a Stellar asset's contract names it
    std::optional<model::Numeric> amount;
    std::optional<bool> authorized;
    std::optional<std::int64_t> expiration_ledger;
    std::optional<std::string_view> to_muxed_type;  // u64, string or bytes
    std::optional<std::string> to_muxed_id;
};

// Reads a ContractEvent in any of the forms of SEP-41, of the contracts of Stellar assets before
// protocol 23 (which named the admin) and since (CAP-67), told apart by the types of the topics.
// Nothing for an event of another form, whatever its name. `of_transaction`: the network's own
// events, of which fees are.
[[nodiscard]] std::optional<TokenOperation> read_token_operation(xdr::Value const& event,
                                                                 bool of_transaction);

}  // namespace indexer::stellar
