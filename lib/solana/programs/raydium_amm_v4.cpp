#include "solana/programs/raydium_amm_v4.hpp"

#include "solana/programs/byte_reader.hpp"
#include "solana/programs/market.hpp"
#include "solana/programs/pool_swap.hpp"

namespace indexer::solana {
namespace {

// First byte of the instruction's data; two u64 follow, the amounts asked for.
enum Tag : std::uint8_t {
    kSwapBaseIn = 9,
    kSwapBaseOut = 11,
    kSwapBaseInV2 = 16,  // since September 2025: without the accounts of the order book
    kSwapBaseOutV2 = 17,
};

// First byte of a ray_log line.
enum LogType : std::uint8_t {
    // u64 amount in, minimum out, direction, user source, pool coin, pool pc, amount out
    kLogSwapBaseIn = 3,
    // u64 most in, amount out, direction, user source, pool coin, pool pc, amount in
    kLogSwapBaseOut = 4,
};
constexpr std::uint64_t kCoinToPc = 2;  // direction: the input goes to the coin vault; 1: to pc's

constexpr std::size_t kAccountsWithTargetOrders = 18;
constexpr std::size_t kAccountsWithoutTargetOrders = 17;

bool is_v2(std::uint8_t tag) noexcept {
    return tag == kSwapBaseInV2 || tag == kSwapBaseOutV2;
}

bool is_swap(std::uint8_t tag) noexcept {
    return tag == kSwapBaseIn || tag == kSwapBaseOut || is_v2(tag);
}

// The vaults stand behind what the form has of order book accounts, the trader behind his own.
PoolAccounts pool_accounts(Call const& call, std::uint8_t tag) {
    if (is_v2(tag)) return {.pool = 1, .trader = 7, .vault_a = 3, .vault_b = 4};
    auto const count = call.accounts.size();
    if (count < kAccountsWithoutTargetOrders) {
        throw undecodable("has " + std::to_string(count) + " accounts");
    }
    std::size_t const coin_vault = count < kAccountsWithTargetOrders ? 4 : 5;
    return {.pool = 1, .trader = count - 1, .vault_a = coin_vault, .vault_b = coin_vault + 1};
}

struct LoggedSwap {
    std::uint64_t amount_in;
    std::uint64_t amount_out;
    bool coin_to_pc;
};

std::optional<LoggedSwap> read_log(std::string_view line) {
    if (line.empty()) return std::nullopt;
    ByteReader in(line);
    auto const type = in.u8();
    if (type != kLogSwapBaseIn && type != kLogSwapBaseOut) return std::nullopt;
    auto const first = in.u64();
    auto const second = in.u64();
    bool const coin_to_pc = in.u64() == kCoinToPc;
    in.skip(3 * sizeof(std::uint64_t));
    auto const last = in.u64();
    if (type == kLogSwapBaseIn) return LoggedSwap{first, last, coin_to_pc};
    return LoggedSwap{last, second, coin_to_pc};
}

Swap logged_swap(Call const& call, Market& market, PoolAccounts const& accounts) {
    auto const logged = read_log(market.logged_by(call));
    if (!logged) throw undecodable("neither transfers nor a log of them");
    auto const coin = market.mint_of(call.account(accounts.vault_a));
    auto const pc = market.mint_of(call.account(accounts.vault_b));
    auto swap = market.swap_of(call);
    swap.pool = call.address(accounts.pool);
    swap.trader = call.address(accounts.trader);
    swap.input_mint = logged->coin_to_pc ? coin : pc;
    swap.input_amount = logged->amount_in;
    swap.output_mint = logged->coin_to_pc ? pc : coin;
    swap.output_amount = logged->amount_out;
    return swap;
}

}  // namespace

void raydium_amm_v4_swaps(Call const& call, Market& market) {
    auto const tag = ByteReader(call.data).u8();
    if (!is_swap(tag)) return;
    auto const accounts = pool_accounts(call, tag);
    auto const swap = pool_swap(call, market, accounts);
    market.add(swap ? *swap : logged_swap(call, market, accounts));
}

}  // namespace indexer::solana
