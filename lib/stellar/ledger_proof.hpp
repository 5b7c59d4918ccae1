#pragma once

#include <string_view>

#include "base/error.hpp"
#include "stellar/ledger_view.hpp"
#include "stellar/xdr/value.hpp"

namespace indexer::stellar {

// Holds what a ledger lists against what its header commits to, whose own hash read_head() checked:
// the set of transactions that validators agreed on, and the results in the order in which they
// were applied. What transactions changed and which events they had is in neither.
//
// A header either names its set by hash, or says by its arm that validators dropped the set they
// could not get (CAP-83): then the name is zeros, and the set has to be the empty one behind the
// ledger before. There is no other way, whoever made the ledger: one whose header names another set
// than it lists was put together from several (load tests do that), and nothing in it is proven.
//
// `contents` is what LedgerCloseMeta of any version holds. Throws base::Error with
// Fault::not_understood.
void require_committed(LedgerHead const& head, xdr::Value const& contents);

// That a ledger says of itself what cannot all be true; another endpoint may serve it otherwise.
[[nodiscard]] base::Error contradiction(LedgerHead const& head, std::string_view what);

}  // namespace indexer::stellar
