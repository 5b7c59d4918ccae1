#include "solana/programs/raydium_amm_v4.hpp"

#include "solana/programs/byte_reader.hpp"
#include "solana/programs/market.hpp"
#include "solana/programs/pool_swap.hpp"

namespace indexer::solana {
namespace {

// First byte of the instruction's data; two u64 follow, the amounts asked for.
enum class Tag : std::uint8_t {
    swap_base_in = 9,
    swap_base_out = 11,
    swap_base_in_v2 = 16,  // since September 2025: without the accounts of the order book
    swap_base_out_v2 = 17,
};

// First byte of a ray_log line.
enum class LogType : std::uint8_t {
    // u64 amount in, minimum out, direction, user source, pool coin, pool pc, amount out
    swap_base_in = 3,
    // u64 most in, amount out, direction, user source, pool coin, pool pc, amount in
    swap_base_out = 4,
};
constexpr std::uint64_t kCoinToPc = 2;  // direction: the input goes to the coin vault; 1: to pc's

constexpr std::size_t kAccountsWithTargetOrders = 18;
constexpr std::size_t kAccountsWithoutTargetOrders = 17;

bool is_v2(Tag tag) noexcept {
    return tag == Tag::swap_base_in_v2 || tag == Tag::swap_base_out_v2;
}

bool is_swap(Tag tag) noexcept {
    return tag == Tag::swap_base_in || tag == Tag::swap_base_out || is_v2(tag);
}

// The vaults stand behind what the form has of order book accounts, the trader behind his own.
PoolAccounts pool_accounts(Call const& call, Tag tag) {
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
    auto const type = LogType(in.u8());
    if (type != LogType::swap_base_in && type != LogType::swap_base_out) return std::nullopt;
    auto const first = in.u64();
    auto const second = in.u64();
    bool const coin_to_pc = in.u64() == kCoinToPc;
    in.skip(3 * sizeof(std::uint64_t));
    auto const last = in.u64();
    if (type == LogType::swap_base_in) return LoggedSwap{first, last, coin_to_pc};
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
    auto const tag = Tag(ByteReader(call.data).u8());
    if (!is_swap(tag)) return;
    auto const accounts = pool_accounts(call, tag);
    auto const swap = pool_swap(call, market, accounts);
    market.add(swap ? *swap : logged_swap(call, market, accounts));
}

}  // namespace indexer::solana
