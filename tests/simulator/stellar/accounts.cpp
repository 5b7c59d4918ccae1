#include "tests/simulator/stellar/accounts.hpp"

#include "tests/simulator/encoding/random.hpp"
#include "tests/simulator/encoding/xdr.hpp"

namespace indexer::simulator::stellar {
namespace {

constexpr std::uint64_t kAccount = 1;
constexpr std::uint64_t kSigner = 2;
constexpr std::uint64_t kBalance = 3;

}  // namespace

std::string made_key(std::uint64_t seed, std::uint64_t kind, std::uint64_t number) {
    Random random(mix(seed, kind, number));
    Xdr bytes;
    for (int i = 0; i < 4; ++i) bytes.u64(random.next());
    return bytes;
}

AccountState& Accounts::find(std::uint64_t number) {
    auto const [place, is_new] = states_.try_emplace(number);
    if (!is_new) return place->second;
    auto& state = place->second;
    state.key = made_key(seed_, kAccount, number);
    state.balance = 10'000'000'000 + static_cast<std::int64_t>(
                                         mix(seed_, kBalance, number, ledger_) % 1'000'000'000);
    state.sequence = (std::int64_t{ledger_} << 20U) + static_cast<std::int64_t>(number);
    state.changed_in = ledger_ - 1;
    if (number % 5 == 0) state.signer = made_key(seed_, kSigner, number);
    if (number % 7 == 0) state.sponsor = made_key(seed_, kAccount, number + 1);
    if (number % 3 == 0) state.home_domain = "example.org";
    return state;
}

std::string Accounts::pay(std::uint64_t number, std::int64_t amount) {
    auto& state = find(number);
    auto const before = account_entry(state);
    state.balance -= amount;
    state.changed_in = ledger_;
    return updated(before, account_entry(state));
}

std::string Accounts::set_sequence(std::uint64_t number, std::int64_t sequence) {
    auto& state = find(number);
    auto const before = account_entry(state);
    state.sequence = sequence;
    state.changed_in = ledger_;
    return updated(before, account_entry(state));
}

}  // namespace indexer::simulator::stellar
