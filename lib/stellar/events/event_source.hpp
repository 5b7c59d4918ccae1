#pragma once

#include <string>

#include "base/clock.hpp"
#include "config/config.hpp"
#include "rpc/client.hpp"
#include "source/source.hpp"
#include "stellar/content.hpp"
#include "stellar/events/event_filters.hpp"
#include "stellar/events/event_node.hpp"
#include "stellar/node.hpp"
#include "stellar/page_size.hpp"

namespace indexer::stellar {

// What the names of its contents begin with.
inline constexpr std::string_view kAskedFor = "events asked for";

// Some contracts' events, and the transactions, operations and accounts they belong to: getEvents
// with filters, then getTransaction of each distinct hash, then getLedgerEntries of the accounts.
// For those who do not want the rest of the chain; fills the same tables, but for stellar.ledgers.
//
// What this may claim: getEvents gives no hashes, so nothing proves that a server told of every
// event. Coverage says that it was asked for every ledger and answered; its links carry the word
// "asked" where those of StellarSource carry hashes, and the content is named "events asked for".
// Events of a transaction that no filter names are not written.
class EventSource final : public source::Source {
  public:
    // Throws base::Error with Fault::usage when the configuration makes no sense. What is passed
    // must outlive the source.
    EventSource(rpc::Client& client, config::Options const& options, base::Clock& clock);

    [[nodiscard]] std::string_view chain() const noexcept override { return "stellar"; }
    [[nodiscard]] std::string content() const override;
    [[nodiscard]] std::span<model::Table const* const> tables() const noexcept override;

    [[nodiscard]] std::string network(std::stop_token stop) override;
    [[nodiscard]] bool has_hashes() const noexcept override { return false; }
    [[nodiscard]] base::Seq tip(std::stop_token stop) override;
    [[nodiscard]] std::vector<base::Seq> tips(std::stop_token stop) override;
    [[nodiscard]] base::Seq first_available(std::stop_token stop) override;

    [[nodiscard]] std::uint64_t window() const override { return part_.ledgers(); }
    [[nodiscard]] std::vector<base::SeqRange> parts(base::SeqRange range,
                                                    std::stop_token stop) override;
    // One JSON object of what the calls answered: events, transactions, entries. It may end before
    // the part where the server does.
    [[nodiscard]] source::Fetched fetch(base::SeqRange part, std::stop_token stop) override;
    // A block for each ledger with events, and one for the last of the part. Asks for the
    // passphrase, which is part of what is decoded, if network() was never called.
    [[nodiscard]] std::optional<source::Protocol> protocol() const override {
        return node_.protocol().state();
    }
    [[nodiscard]] std::vector<model::Block> decode(source::Answer const& answer) const override;

    void doubt(base::Doubts const& doubts) override { node_.doubt(doubts); }

    [[nodiscard]] std::vector<source::Probe> probe(std::stop_token stop) override {
        return node_.probe(std::move(stop));
    }

  private:
    [[nodiscard]] source::Answer gather(base::SeqRange part, std::stop_token stop);

    EventFilters const filters_;
    mutable Node node_;  // remembers the passphrase
    EventNode event_node_;
    base::Clock& clock_;
    Content const content_;
    PageSize part_;
};

}  // namespace indexer::stellar
