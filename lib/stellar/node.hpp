#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/doubts.hpp"
#include "base/seq.hpp"
#include "rpc/client.hpp"
#include "source/source.hpp"
#include "stellar/protocol.hpp"

namespace indexer::stellar {

// The methods of a Stellar RPC server that the indexer calls, typed. Safe for concurrent use.
//
// All throw rpc::Error when the endpoints gave up or refused, or answered with something of an
// unexpected kind.
class Node {
  public:
    // `client` must outlive the node.
    explicit Node(rpc::Client& client) : client_(client) {}

    // The network's passphrase, by getNetwork. Asked once; what it says of the protocol is noted.
    [[nodiscard]] std::string passphrase(std::stop_token stop);

    // The newest ledger, by getHealth; where no endpoint calls itself healthy, the newest that one
    // of them has, by getLatestLedger (whose answer is a thousand times as long).
    [[nodiscard]] base::Seq latest(std::stop_token stop);
    // The same as each endpoint that answers tells it.
    [[nodiscard]] std::vector<base::Seq> latest_of_each(std::stop_token stop);

    // The oldest ledger of the endpoint that goes back furthest, by getHealth.
    [[nodiscard]] base::Seq oldest(std::stop_token stop);

    // What each endpoint says of itself.
    [[nodiscard]] std::vector<source::Probe> probe(std::stop_token stop);

    // Asks that endpoint no more for a while; false when it is the last one.
    [[nodiscard]] bool quarantine(std::string const& endpoint) {
        return client_.quarantine(endpoint);
    }

    // A page of ledgers from `first`, at most `limit` of them, by getLedgers.
    [[nodiscard]] rpc::Response ledgers(base::Seq first, std::uint64_t limit, std::stop_token stop);
    // The same of each endpoint that serves one.
    [[nodiscard]] std::vector<rpc::Response> ledgers_from_each(base::Seq first, std::uint64_t limit,
                                                               std::stop_token stop);

    void doubt(base::Doubts const& doubts) { client_.doubt(doubts); }

    // Of what endpoints said and of what is noted here.
    [[nodiscard]] ProtocolWatch& protocol() noexcept { return protocol_; }
    [[nodiscard]] ProtocolWatch const& protocol() const noexcept { return protocol_; }

  private:
    [[nodiscard]] rpc::Response call(rpc::Query const& query, std::stop_token stop,
                                     std::string const& where = "stellar");

    rpc::Client& client_;
    std::mutex mutex_;
    std::optional<std::string> passphrase_;
    ProtocolWatch protocol_;
};

// Appends the ledgers of such a page to a marked stream of LedgerCloseMeta (xdr/marked_stream.hpp),
// up to the end of `range`, and says how many. Throws rpc::Error when they are not those from its
// beginning on, in order.
std::uint64_t append_ledgers(rpc::Response const& page, base::SeqRange range, std::string& stream);

}  // namespace indexer::stellar
