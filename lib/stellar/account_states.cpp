#include "stellar/account_states.hpp"

#include <optional>

#include "base/error.hpp"
#include "stellar/change.hpp"
#include "stellar/xdr/wire.hpp"

namespace indexer::stellar {
namespace {

// An AccountID's key, behind the word with its type. Both an AccountEntry and a LedgerKeyAccount
// begin with one.
std::string_view key_of(xdr::Value const& account) {
    return account.wire().substr(xdr::kWord, 32);
}

base::Error never_there() {
    return {base::Fault::not_understood, base::Recovery::retry_elsewhere,
            "stellar: an account is removed that was not there"};
}

}  // namespace

void AccountStates::take(xdr::Value const& changes) {
    std::optional<xdr::Value> before;  // of the change that comes next
    for (auto const change : changes) {
        auto const kind = change_kind(change);
        auto const account = changed_entry(change, kAccountEntry);
        if (!account) continue;
        if (kind == ChangeKind::removed) {
            if (!before) throw never_there();
            states_.insert_or_assign(key_of(*account), State{*before, true});
        } else if (kind == ChangeKind::state) {
            before = *change.content();
        } else {
            states_.insert_or_assign(key_of(*account), State{*change.content(), false});
        }
    }
}

}  // namespace indexer::stellar
