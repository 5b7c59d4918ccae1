#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.hpp"
#include "base/free_list.hpp"
#include "config/config.hpp"
#include "rpc/client.hpp"
#include "source/source.hpp"
#include "stellar/content.hpp"
#include "stellar/events/event_node.hpp"
#include "stellar/ledger_decoder.hpp"
#include "stellar/node.hpp"
#include "stellar/page_size.hpp"

namespace indexer::stellar {

// Stellar's ledgers by getLedgers, a part a page. An answer is a marked stream of LedgerCloseMeta,
// in the order of the ledgers.
class StellarSource final : public source::Source {
  public:
    // Throws base::Error with Fault::usage when the configuration makes no sense. What is passed
    // must outlive the source.
    StellarSource(rpc::Client& client, config::Stellar const& config, base::Clock& clock);

    [[nodiscard]] std::string_view chain() const noexcept override { return "stellar"; }
    [[nodiscard]] std::string content() const override;
    [[nodiscard]] std::span<model::Table const* const> tables() const noexcept override;

    // The passphrase.
    [[nodiscard]] std::string network(std::stop_token stop) override;
    [[nodiscard]] base::Seq tip(std::stop_token stop) override;
    [[nodiscard]] std::vector<base::Seq> tips(std::stop_token stop) override;
    // Of the endpoint that goes back furthest. It moves on with every ledger.
    [[nodiscard]] base::Seq first_available(std::stop_token stop) override;

    // A page, so that each has the size that fits by then.
    [[nodiscard]] std::uint64_t window() const override { return page_.ledgers(); }
    // There is a ledger at every seq, so this asks nobody.
    [[nodiscard]] std::vector<base::SeqRange> parts(base::SeqRange range,
                                                    std::stop_token stop) override;
    // Asks on while a server gives less than the part; an answer may end before it where no
    // endpoint has more. Unavailable when there is none at all: behind the retention window, or not
    // there yet.
    [[nodiscard]] source::Fetched fetch(base::SeqRange part, std::stop_token stop) override;
    // Asks for the passphrase, which is part of every hash, if network() was never called.
    [[nodiscard]] std::vector<model::Block> decode(source::Answer const& answer) const override;

    [[nodiscard]] std::vector<source::Answer> fetch_from_each(base::SeqRange part,
                                                              std::stop_token stop) override;
    [[nodiscard]] bool quarantine(std::string const& endpoint) override {
        return node_.quarantine(endpoint);
    }
    // getEvents, where events are written.
    [[nodiscard]] std::string_view recounted_by() const noexcept override;
    [[nodiscard]] std::optional<source::Recount> recount(base::SeqRange part,
                                                         std::stop_token stop) override;

    void doubt(base::Doubts const& doubts) override { node_.doubt(doubts); }

    [[nodiscard]] std::optional<source::Protocol> protocol() const override {
        return node_.protocol().state();
    }
    [[nodiscard]] std::vector<source::Probe> probe(std::stop_token stop) override {
        return node_.probe(std::move(stop));
    }

  private:
    [[nodiscard]] source::Answer empty_answer(base::SeqRange part, std::string endpoint);
    [[nodiscard]] bool add_page(base::SeqRange rest, source::Answer& answer, std::stop_token stop);

    mutable Node node_;  // decode() notes protocols
    EventNode event_node_;
    base::Clock& clock_;
    Content const content_;
    PageSize page_;
    base::Bodies bodies_;
    mutable base::FreeList<LedgerDecoder> decoders_;
};

}  // namespace indexer::stellar
