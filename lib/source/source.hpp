#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/body.hpp"
#include "base/doubts.hpp"
#include "base/seq.hpp"
#include "model/block.hpp"
#include "model/row_batch.hpp"

namespace indexer::source {

// The bytes of one part, as an endpoint sent them. Must not outlive the source.
struct Answer {
    base::SeqRange part;
    base::Body body;         // a complete answer, its envelope checked; with room to parse in place
    std::string endpoint;    // who sent it, fit to be printed
    unsigned witnesses = 1;  // endpoints that serve the same, as far as they were asked
};

// No endpoint could serve the part, or not in a way that is believed. Not an error: the run goes
// on, the part stays unknown.
struct Unavailable {
    base::SeqRange part;
    std::string reason;     // one line: what the endpoints said
    std::string endpoint;   // the last one asked, fit to be printed
    bool disputed = false;  // it is served, but not alike by as many as are to agree
};

using Fetched = std::variant<Answer, Unavailable>;

// What an endpoint is and can serve, as it says itself.
struct Probe {
    std::string endpoint;  // fit to be printed
    std::optional<base::Seq> tip;
    std::optional<base::Seq> first;
    std::string version;   // of its software; empty: not told
    std::string protocol;  // by whose rules blocks are decided; empty: not told
    std::map<std::string, std::string> limits;  // what it says of them, by its own names
    std::chrono::nanoseconds latency{};         // of the question for the tip
    std::string error;                          // why it cannot serve; empty: it can
};

// Versions of the rules that blocks are made by.
struct Protocol {
    std::uint64_t known = 0;  // the newest that this program knows
    std::uint64_t met = 0;  // the newest of a block so far, or that an endpoint said its own are of
};

// What an endpoint says of a part in another way than by its blocks.
struct Recount {
    base::SeqRange part;
    model::RowBatch rows;
    // A statement that compares them with what is stored: its parameters are the ends of the part,
    // as [$1, $2), and an array for each column; its rows are seqs and what contradicts there.
    std::string_view compare;
};

// The seam a chain fills, and the only thing that knows a chain. All members are safe for
// concurrent use. Members that wait take a stop token and throw base::Error with Fault::stopped
// when it fires; they retry what retrying can mend, and throw base::Error when they gave up.
class Source {
  public:
    Source() = default;
    Source(Source const&) = delete;
    Source& operator=(Source const&) = delete;
    virtual ~Source() = default;

    // "solana" or "stellar".
    [[nodiscard]] virtual std::string_view chain() const noexcept = 0;

    // What rows this source makes, in words that stay the same from run to run: coverage is kept
    // for each content by itself, because a history without votes proves nothing about votes.
    [[nodiscard]] virtual std::string content() const = 0;

    // The tables it fills.
    [[nodiscard]] virtual std::span<model::Table const* const> tables() const noexcept = 0;

    // The identity of the network: genesis hash or passphrase; empty where nobody tells it.
    [[nodiscard]] virtual std::string network(std::stop_token stop) = 0;

    // Whether its blocks carry hashes of the chain's own, by which a chain is known again.
    [[nodiscard]] virtual bool has_hashes() const noexcept { return true; }

    // The newest seq at the chosen commitment.
    [[nodiscard]] virtual base::Seq tip(std::stop_token stop) = 0;

    // The same as each endpoint that answers tells it, where the tip told is to be doubted.
    [[nodiscard]] virtual std::vector<base::Seq> tips(std::stop_token stop) { return {tip(stop)}; }

    // The oldest seq an endpoint can serve, as it says itself: a hint. Zero where none tells it.
    [[nodiscard]] virtual base::Seq first_available(std::stop_token stop) = 0;

    // How many seqs parts() should be asked for at once: few, where what it says of later ones
    // would be out of date by the time they are fetched. The default is a few minutes of work at
    // full speed, a few hundred kilobytes of parts.
    [[nodiscard]] virtual std::uint64_t window() const { return 10'000; }

    // The parts of `range` to fetch, ascending, each fit for one fetch(). Only a hint where blocks
    // are: a seq in no part is not thereby proven absent.
    [[nodiscard]] virtual std::vector<base::SeqRange> parts(base::SeqRange range,
                                                            std::stop_token stop) = 0;

    // Whether parts() goes by what is told of where blocks are; else it names every seq.
    [[nodiscard]] virtual bool lists_blocks() const noexcept { return true; }

    // One part's bytes.
    [[nodiscard]] virtual Fetched fetch(base::SeqRange part, std::stop_token stop) = 0;

    // From now on others are asked first for the seqs under an endpoint's name, as far as a fetch
    // is about a single place of the chain. Nothing changes where there is only one to ask.
    virtual void doubt(base::Doubts const& /*doubts*/) {}

    // The blocks in an answer, ascending; what cannot be decoded inside one becomes a dead letter
    // of it. Throws Fault::not_understood when a block cannot be, Fault::endpoint when it lacks a
    // part.
    [[nodiscard]] virtual std::vector<model::Block> decode(Answer const& answer) const = 0;

    // The part's bytes as each endpoint serves them, of those that do, to tell who is wrong where
    // answers contradict each other; nothing from a source that asks none. Throws only
    // Fault::stopped.
    [[nodiscard]] virtual std::vector<Answer> fetch_from_each(base::SeqRange /*part*/,
                                                              std::stop_token /*stop*/) {
        return {};
    }

    // How many of the newest seqs may still be replaced by those of another fork.
    [[nodiscard]] virtual std::uint64_t replaceable() const { return 0; }

    // Leaves an endpoint alone for a while, because what it serves is not of the chain. False when
    // there is no other one to ask.
    [[nodiscard]] virtual bool quarantine(std::string const& /*endpoint*/) { return false; }

    // The method that recount() goes by, for the user; empty where there is none.
    [[nodiscard]] virtual std::string_view recounted_by() const noexcept { return {}; }
    // Nothing when there is none, or it cannot tell of the whole part.
    [[nodiscard]] virtual std::optional<Recount> recount(base::SeqRange /*part*/,
                                                         std::stop_token /*stop*/) {
        return std::nullopt;
    }

    // Nothing where the rules have no version.
    [[nodiscard]] virtual std::optional<Protocol> protocol() const { return std::nullopt; }

    // What each endpoint says of itself, in the order of the configuration; nothing from a source
    // that asks none. Throws only Fault::stopped.
    [[nodiscard]] virtual std::vector<Probe> probe(std::stop_token /*stop*/) { return {}; }
};

}  // namespace indexer::source
