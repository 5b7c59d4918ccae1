#pragma once

#include <stop_token>
#include <string>

#include "pg/pool.hpp"

namespace indexer::store {

// Makes the database belong to `network` (a genesis hash or passphrase) for `chain`, or checks
// that it does. Where the network is not known (empty) it is the one stored, and Fault::usage when
// there is none. Throws Fault::not_understood when it belongs to another one.
void claim_network(pg::Pool& pool, std::string const& chain, std::string const& network,
                   std::stop_token stop);

// The same for a run that writes nothing.
void require_network(pg::Pool& pool, std::string const& chain, std::string const& network,
                     std::stop_token stop);

}  // namespace indexer::store
