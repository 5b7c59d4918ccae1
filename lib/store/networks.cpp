#include "store/networks.hpp"

#include <string_view>

#include <fmt/format.h>

#include "base/error.hpp"
#include "sql/statements.hpp"

namespace indexer::store {

namespace {

base::Error unknown(std::string const& chain) {
    return {base::Fault::usage, base::Recovery::never,
            fmt::format("database: no endpoint tells which network of {} it serves, and nothing is "
                        "stored yet",
                        chain),
            "say so by --network; Solana's mainnet is "
            "5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d"};
}

void require_same(std::string const& chain, std::string_view owner, std::string const& network) {
    if (owner == network || network.empty()) return;
    throw base::Error(
        base::Fault::not_understood, base::Recovery::never,
        fmt::format("database: it holds {} rows of network {}, but the endpoint serves {}", chain,
                    owner, network),
        "use another database for another network");
}

}  // namespace

void claim_network(pg::Pool& pool, std::string const& chain, std::string const& network,
                   std::stop_token stop) {
    auto const rows =
        pool.acquire(stop)->execute(sql::store::claim_network, {chain, network}, stop);
    if (rows.rows() == 0 && network.empty()) throw unknown(chain);
    // Empty only when another session claimed it between the two halves of the statement.
    if (rows.rows() == 0) return claim_network(pool, chain, network, stop);
    require_same(chain, rows.text(0, 0), network);
}

void require_network(pg::Pool& pool, std::string const& chain, std::string const& network,
                     std::stop_token stop) {
    auto const rows = pool.acquire(stop)->execute(sql::store::find_network, {chain}, stop);
    if (rows.rows() > 0) require_same(chain, rows.text(0, 0), network);
}

}  // namespace indexer::store
