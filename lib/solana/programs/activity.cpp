#include "solana/programs/activity.hpp"

#include "solana/programs/byte_reader.hpp"
#include "solana/programs/program.hpp"

namespace indexer::solana {

// One instruction that cannot be decoded takes nothing else with it.
template <class Decode>
void Activity::guarded(Call const& call, Decode decode) {
    try {
        if (call.data.data() == nullptr) throw undecodable("is not base58, or too long");
        decode();
    } catch (base::Error const& error) {
        auto const data = call.data.data() == nullptr ? call.text : call.data;
        undecoded_.push_back({call.at, call.program->address, error.what(), data});
    }
}

void Activity::load(Transaction const& transaction) {
    undecoded_.clear();
    trace_.load(transaction);
    ledger_.load(transaction);
    market_.load(transaction);
    for (Call const& call : trace_.calls()) {
        if (call.program == nullptr || call.program->moves == nullptr) continue;
        guarded(call, [&] { call.program->moves(call, ledger_); });
    }
    ledger_.settle();
    for (Call const& call : trace_.calls()) {
        if (call.program == nullptr || call.program->swaps == nullptr) continue;
        guarded(call, [&] { call.program->swaps(call, market_); });
    }
}

}  // namespace indexer::solana
