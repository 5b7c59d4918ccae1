#pragma once

#include <map>
#include <string_view>

#include "stellar/xdr/value.hpp"

namespace indexer::stellar {

// What the changes of a ledger leave of the accounts they touch: of each the last state.
class AccountStates {
  public:
    struct State {
        xdr::Value entry;  // LedgerEntry; the last before it was removed, where it was
        bool deleted;
    };
    using States = std::map<std::string_view, State>;  // by key, 32 bytes

    // LedgerEntryChanges, in the order in which they were made. Throws base::Error with
    // Fault::not_understood when an account is removed that was not there.
    void take(xdr::Value const& changes);

    [[nodiscard]] States const& states() const noexcept { return states_; }

  private:
    States states_;
};

}  // namespace indexer::stellar
