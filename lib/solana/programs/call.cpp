#include "solana/programs/call.hpp"

#include <string>

#include "solana/programs/byte_reader.hpp"

namespace indexer::solana {

std::uint8_t Call::account(std::size_t n) const {
    if (n >= accounts.size()) {
        throw undecodable("has " + std::to_string(accounts.size()) + " accounts");
    }
    auto const index = accounts[n];
    if (index >= transaction->accounts.size()) throw undecodable("names an account not there");
    return index;
}

std::string_view Call::address(std::size_t n) const {
    return transaction->accounts[account(n)];
}

void Call::require_inner_recorded() const {
    if (!transaction->inner_recorded) throw undecodable("inner instructions were not recorded");
}

}  // namespace indexer::solana
