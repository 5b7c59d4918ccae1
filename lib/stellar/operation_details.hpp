#pragma once

#include <string>

#include "stellar/hash.hpp"
#include "stellar/xdr/value.hpp"

namespace indexer::stellar {

// What an operation asks for, as a JSON object: its fields by the names XDR gives them, assets as
// {type, code, issuer}, what is left out left out; addresses and ids in StrKey. Of a call of a
// contract its name, function and arguments, but not its authorizations; of an upload the hash.
// `body` is an OperationBody of any of the 27 types.
[[nodiscard]] std::string operation_details(Hash const& network, xdr::Value const& body);

}  // namespace indexer::stellar
