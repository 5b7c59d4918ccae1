// Any transaction that calls the program of INDEXER_FUZZED_PROGRAM, which is its address: what the
// decoders find must be fit for tables, where each key is there once.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <set>
#include <string_view>
#include <tuple>

#include "solana/programs/activity.hpp"
#include "tests/fuzz/solana_calls.hpp"

namespace indexer::solana {
namespace {

void require(bool condition) {
    if (!condition) std::abort();
}

// Reads every byte, so that a view of what is gone is found.
void touch(std::string_view text) {
    static unsigned volatile sum = 0;
    for (char const byte : text) sum = sum + static_cast<unsigned char>(byte);
}

void check(std::span<TokenMove const> moves, Transaction const& transaction) {
    std::set<std::tuple<std::uint8_t, std::int16_t, std::int16_t>> keys;
    for (TokenMove const& move : moves) {
        auto const& at = move.at;
        require(keys.emplace(at.instruction_index, at.inner_index, at.batch_index).second);
        require(!move.from || *move.from < transaction.accounts.size());
        require(!move.to || *move.to < transaction.accounts.size());
        require(move.from || move.to);
        require(move.authority < transaction.accounts.size());
        for (auto const text : {move.mint, move.from_owner, move.to_owner}) touch(text);
    }
}

void check(std::span<LamportMove const> moves, Transaction const& transaction) {
    std::set<std::pair<std::uint8_t, std::int16_t>> keys;
    for (LamportMove const& move : moves) {
        require(keys.emplace(move.at.instruction_index, move.at.inner_index).second);
        require(move.from < transaction.accounts.size() && move.to < transaction.accounts.size());
    }
}

void check(std::span<Swap const> swaps) {
    std::set<std::tuple<std::uint8_t, std::int16_t, std::int16_t>> keys;
    for (Swap const& swap : swaps) {
        require(keys.emplace(swap.at.instruction_index, swap.at.inner_index, swap.leg).second);
        for (auto const text : {swap.pool, swap.trader, swap.input_mint, swap.output_mint,
                                swap.fee_mint, swap.leg_program}) {
            touch(text);
        }
    }
}

void check(std::span<Undecoded const> undecoded) {
    for (Undecoded const& one : undecoded) {
        require(!one.error.empty());
        touch(one.data);
    }
}

void check(Activity const& activity, Transaction const& transaction) {
    check(activity.token_moves(), transaction);
    check(activity.lamport_moves(), transaction);
    check(activity.swaps());
    check(activity.undecoded());
}

}  // namespace
}  // namespace indexer::solana

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer calls it so
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    static indexer::solana::Activity activity;
    void const* const bytes = data;
    indexer::fuzz::Calls const calls({static_cast<char const*>(bytes), size},
                                     INDEXER_FUZZED_PROGRAM);
    activity.load(calls.transaction());
    indexer::solana::check(activity, calls.transaction());
    return 0;
}
