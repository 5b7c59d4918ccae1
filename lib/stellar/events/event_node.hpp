#pragma once

#include <string>
#include <vector>

#include "base/seq.hpp"
#include "rpc/call_pool.hpp"
#include "rpc/client.hpp"
#include "stellar/events/event_page.hpp"

namespace indexer::stellar {

// Asks a Stellar RPC server for the events of some ledgers, and for all that belongs to them.
// Safe for concurrent use.
class EventNode {
  public:
    // `client` must outlive the node; `at_once` calls of getTransaction and getLedgerEntries are
    // under way at a time.
    EventNode(rpc::Client& client, std::string filters, unsigned at_once);

    struct Listing {
        std::vector<ListedEvent> events;
        base::Seq end;         // of what was looked at: that of the range, or what the server has
        std::string endpoint;  // who said so last
        base::MemoryShare memory{};
    };
    // JSON texts, and what they hold of the memory budget.
    struct Texts {
        std::vector<std::string> texts;
        base::MemoryShare memory{};
    };

    // The events of `range`, by as many pages as it takes. Throws rpc::Error.
    [[nodiscard]] Listing events(base::SeqRange range, std::stop_token stop);

    // What getTransaction says of each hash, as JSON, in their order. Throws rpc::Error, also when
    // a server that named a transaction does not know it.
    [[nodiscard]] Texts transactions(std::vector<std::string> const& hashes, std::stop_token stop);

    // The elements of getLedgerEntries for keys in base64, those that are there, as JSON.
    [[nodiscard]] Texts entries(std::vector<std::string> const& keys, std::stop_token stop);

  private:
    [[nodiscard]] EventPage page(std::string const& params, Listing& listing, std::stop_token stop);
    [[nodiscard]] std::string first_page(base::SeqRange range) const;
    [[nodiscard]] std::string next_page(std::string const& cursor) const;

    rpc::Client& client_;
    std::string const filters_;
    rpc::CallPool pool_;
};

}  // namespace indexer::stellar
