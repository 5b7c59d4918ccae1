#include "tests/simulator/encoding/bytes.hpp"
#include "tests/simulator/transactions/swaps.hpp"
#include "tests/simulator/transactions/well_known.hpp"

namespace indexer::simulator::jupiter {
namespace {

// Places in the route plan's list of venues.
constexpr std::uint64_t kVenueRaydiumV4 = 0x07;
constexpr std::uint64_t kVenueRaydiumClmm = 0x1a;

struct Leg {
    Trade trade;
    bool on_clmm = false;
    ProgramCall call{};
};

Leg random_leg(TransactionBuilder& tx, Trade const& trade) {
    Leg leg{.trade = trade, .on_clmm = tx.random().chance(0.5)};
    leg.call = leg.on_clmm ? raydium::swap_clmm(tx, trade) : raydium::swap_v4(tx, trade);
    return leg;
}

// Coin to SOL, and half of the time on from SOL to another coin.
std::vector<Leg> random_legs(TransactionBuilder& tx, World const& world) {
    auto& random = tx.random();
    std::vector<Leg> legs{random_leg(tx, random_trade(random, world.sol_pool(random), true))};
    auto const next = world.sol_pool(random);
    bool const goes_on = random.chance(0.5) && !(next.key == legs[0].trade.pool.key);
    if (goes_on) {
        legs.push_back(random_leg(tx, random_trade(random, next, false, legs[0].trade.amount_out)));
    }
    return legs;
}

std::string route_data(std::vector<Leg> const& legs) {
    Bytes data("e517cb977ae3ad2a");
    data.u32(legs.size());
    for (std::size_t i = 0; i < legs.size(); ++i) {
        data.u8(legs[i].on_clmm ? kVenueRaydiumClmm : kVenueRaydiumV4).u8(100).u8(i).u8(i + 1);
    }
    data.u64(legs.front().trade.amount_in).u64(legs.back().trade.amount_out).u16(50).u8(0);
    return data.text();
}

// SwapEvent; its first field is the program that did the leg, not the pool.
void tell(TransactionBuilder& tx, Leg const& leg) {
    Trade const& trade = leg.trade;
    Bytes event("40c6cde8260871e2");
    event.add(leg.on_clmm ? well_known::kRaydiumClmm : well_known::kRaydiumV4);
    event.add(trade.mint_in().key).u64(trade.amount_in);
    event.add(trade.mint_out().key).u64(trade.amount_out);
    emit_event(tx, well_known::kJupiter, well_known::kJupiterEvents, event);
}

}  // namespace

void route(TransactionBuilder& tx, World const& world) {
    auto const legs = random_legs(tx, world);
    auto const user = tx.at(tx.payer()).key;
    auto const& mint_out = legs.back().trade.mint_out();
    auto const self = tx.program(well_known::kJupiter);
    auto const events = tx.readonly(well_known::kJupiterEvents, 0);
    AccountIds accounts{tx.program(well_known::kToken),
                        tx.payer(),
                        wallet_tokens(tx, user, legs.front().trade.mint_in(), 0),
                        wallet_tokens(tx, user, mint_out, 0),
                        self,
                        tx.mint(mint_out),
                        self,
                        events,
                        self};
    for (Leg const& leg : legs) {
        accounts.push_back(leg.call.program);
        accounts.insert(accounts.end(), leg.call.accounts.begin(), leg.call.accounts.end());
    }
    tx.invoke(self, accounts, route_data(legs), [&] {
        tx.log("Program log: Instruction: Route");
        for (Leg const& leg : legs) {
            make(tx, leg.call);
            tell(tx, leg);
        }
        tx.returns(self, Bytes().u64(legs.back().trade.amount_out));
    });
}

}  // namespace indexer::simulator::jupiter
