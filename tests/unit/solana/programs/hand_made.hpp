#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "solana/programs/activity.hpp"
#include "solana/transaction.hpp"
#include "tests/unit/solana/programs/bytes.hpp"

namespace indexer::test {

// Programs by the names that tests give them.
namespace program {
inline constexpr std::string_view kSystem = "11111111111111111111111111111111";
inline constexpr std::string_view kToken = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA";
inline constexpr std::string_view kToken2022 = "TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb";
inline constexpr std::string_view kAmmV4 = "675kPX9MHTjS2zt1qfr1NYHuzeLXfQM9H24wFSUt1Mp8";
inline constexpr std::string_view kClmm = "CAMMCzo5YL8w4VFF8KVHrK22GGUsp5VTaW7grrKgrWqK";
inline constexpr std::string_view kCpmm = "CPMMoo8L3F4NbTegBCKVNunggL7H1ZpdTHKxQB5qKP1C";
inline constexpr std::string_view kLaunchLab = "LanMV9sAd7wArD4vJFi2qDdfnVhFxYSUg6eADduJ3uj";
inline constexpr std::string_view kRouter = "routeUGWgWzqBWFcrCfv8tritsqukccJPu3q5GPP3xS";
inline constexpr std::string_view kJupiter = "JUP6LkbZbjS1jKKwapdHNy74zcZ3tLUZoi5QNyVTaV4";
inline constexpr std::string_view kPumpFun = "6EF8rrecthR5Dkzon8Nwu78hRvfCKubJ14M5uBEwF6P";
inline constexpr std::string_view kPumpSwap = "pAMMBay6oceH9fJKBRHGP5D4bD4sWpmSwMn52FMfXEA";
inline constexpr std::string_view kWrappedSol = "So11111111111111111111111111111111111111112";
}  // namespace program

using Lines = std::vector<std::string>;
using Names = std::vector<std::string_view>;

// A transaction put together by hand, call by call, and what the decoders find in it. Accounts have
// names, which lines of what was found use as well; what is not known is "?".
class HandMade {
  public:
    HandMade() {
        transaction_.inner_recorded = true;
        transaction_.token_balances_recorded = true;
    }

    // A top-level instruction, or one that the last one called, `height` calls deep (2, 3, …; 0:
    // not recorded). An account is the same whenever its name is.
    HandMade& call(std::string_view program, Names const& accounts, std::string const& data);
    HandMade& inner(std::uint8_t height, std::string_view program, Names const& accounts,
                    std::string const& data);
    // SPL Token's transfer, called by the last top-level instruction.
    HandMade& moved(std::string_view from, std::string_view to, std::uint64_t amount);

    // What a token account of six decimals held; nothing: it was not there.
    HandMade& held(std::string_view account, std::string_view mint, std::string_view owner,
                   std::optional<std::uint64_t> before, std::optional<std::uint64_t> after);
    HandMade& log(std::string_view line);
    // As a node that recorded neither what instructions called nor logs.
    HandMade& forget_calls();

    // "<instruction>[.<inner>][#<batch>] <what> …", as the .cpp writes them.
    [[nodiscard]] Lines token_moves();
    [[nodiscard]] Lines lamport_moves();
    [[nodiscard]] Lines swaps();
    [[nodiscard]] Lines undecoded();
    // The account whose balance is not what its instructions lead to; "-" when there is none.
    [[nodiscard]] std::string unexplained();

  private:
    std::uint8_t account(std::string_view name);
    solana::Instruction instruction(std::string_view program, Names const& accounts,
                                    std::string const& data);
    std::string_view keep(std::string text);
    solana::Activity const& load();
    [[nodiscard]] std::string name(std::string_view address) const;
    [[nodiscard]] std::string name(std::optional<std::uint8_t> account) const;
    [[nodiscard]] std::string side(std::optional<std::uint8_t> account,
                                   std::string_view owner) const;

    solana::Transaction transaction_;
    std::map<std::string, std::string, std::less<>> names_;  // by address
    std::deque<std::string> texts_;
    std::string logs_;
    solana::Activity activity_;
};

}  // namespace indexer::test
