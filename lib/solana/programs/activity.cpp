#include "solana/programs/activity.hpp"

#include "solana/programs/byte_reader.hpp"
#include "solana/programs/program.hpp"

namespace indexer::solana {

// One instruction that cannot be decoded takes nothing else with it. False for such a one.
template <class Decode>
bool Activity::guarded(Call const& call, Decode decode) {
    try {
        if (call.data.data() == nullptr) throw undecodable("is not base58, or too long");
        decode();
        return true;
    } catch (base::Error const& error) {
        auto const data = call.data.data() == nullptr ? call.text : call.data;
        undecoded_.push_back({call.at, call.program->address, error.what(), data});
        return false;
    }
}

void Activity::load(Transaction const& transaction) {
    undecoded_.clear();
    trace_.load(transaction);
    ledger_.load(transaction);
    market_.load(transaction);
    for (Call const& call : trace_.calls()) {
        if (call.program == nullptr || call.program->moves == nullptr) continue;
        bool const known = guarded(call, [&] { call.program->moves(call, ledger_); });
        if (!known) ledger_.cloud(call.accounts);
    }
    ledger_.settle();
    for (Call const& call : trace_.calls()) {
        if (call.program == nullptr || call.program->swaps == nullptr) continue;
        static_cast<void>(guarded(call, [&] { call.program->swaps(call, market_); }));
    }
}

}  // namespace indexer::solana
