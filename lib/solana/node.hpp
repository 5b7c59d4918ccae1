#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/doubts.hpp"
#include "base/seq.hpp"
#include "config/config.hpp"
#include "rpc/client.hpp"
#include "source/source.hpp"

namespace indexer::solana {

// The methods of a Solana node that the indexer calls, typed. Safe for concurrent use.
//
// All throw rpc::Error when the endpoints gave up or refused, or answered with something of an
// unexpected kind; base::Error with Fault::not_understood when a block holds transactions of a
// version above the one configured, which is a wrong setting and never a reason to leave it out.
class Node {
  public:
    // Throws base::Error with Fault::usage when the configuration makes no sense. `client` must
    // outlive the node.
    Node(rpc::Client& client, config::Solana const& config);

    // Of all endpoints that answer; empty where none has the method. Throws Fault::usage when they
    // serve different networks.
    [[nodiscard]] std::string genesis_hash(std::stop_token stop);
    // The tip, as most endpoints see it.
    [[nodiscard]] base::Seq slot(std::stop_token stop);
    // The same as each endpoint that answers tells it, ascending.
    [[nodiscard]] std::vector<base::Seq> slots(std::stop_token stop);
    // The lowest of all endpoints; zero where none tells it.
    [[nodiscard]] base::Seq first_available_block(std::stop_token stop);

    // The slots of `range` that have a block, ascending; nothing where no endpoint has the method.
    // Requires: not empty.
    [[nodiscard]] std::optional<std::vector<base::Seq>> blocks(base::SeqRange range,
                                                               std::stop_token stop);

    // Asks that endpoint no more for a while; false when it is the last one.
    [[nodiscard]] bool quarantine(std::string const& endpoint) {
        return client_.quarantine(endpoint);
    }

    // What each endpoint says of itself.
    [[nodiscard]] std::vector<source::Probe> probe(std::stop_token stop);

    // The block at `slot`, encoding json and full details. Its result may be null.
    [[nodiscard]] rpc::Response block(base::Seq slot, std::stop_token stop);
    // The same of each endpoint that serves it.
    [[nodiscard]] std::vector<rpc::Response> block_from_each(base::Seq slot, std::stop_token stop);

    void doubt(base::Doubts const& doubts) { client_.doubt(doubts); }

  private:
    [[nodiscard]] rpc::Response call(rpc::Query const& query, std::stop_token stop,
                                     std::string const& where = "solana");
    // The answers of those who gave one, at least one.
    [[nodiscard]] std::vector<rpc::Response> call_each(std::string_view method,
                                                       std::string const& params,
                                                       std::stop_token stop);

    [[nodiscard]] std::string block_params(base::Seq slot) const;

    rpc::Client& client_;
    std::string const commitment_;     // parameter object that names the commitment
    std::string const block_options_;  // second parameter of getBlock
};

}  // namespace indexer::solana
