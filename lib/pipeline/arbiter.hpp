#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/seq.hpp"
#include "model/block.hpp"
#include "pipeline/ranges.hpp"
#include "source/source.hpp"
#include "store/coverage.hpp"

namespace indexer::pipeline {

// A block as somebody served it, without its rows.
struct Claim {
    model::Link link;
    model::Link parent;
    std::optional<std::int64_t> height;
    std::string endpoint;
};

[[nodiscard]] Claim claim_of(model::Block const& block);
// Whether both say the same of one block, as far as they say it.
[[nodiscard]] bool same(Claim const& one, Claim const& other);
// Whether the two are neighbours on a chain.
[[nodiscard]] bool linked(Claim const& lower, Claim const& upper);
// Whether not both can be of one chain. Requires: `lower` comes first.
[[nodiscard]] bool contradict(Claim const& lower, Claim const& upper);

// An endpoint that is not asked any more, and why.
struct Quarantined {
    std::string endpoint;
    std::string reason;
};

// Finds out who is wrong where what endpoints served contradicts itself.
//
//   a block does not link to its neighbour ──▶ every endpoint is asked for both
//        ▲                                          │
//        │                       more of them deny one of the two than confirm it
//   the next older block                            ▼
//        ▲                     it is disowned; who insists on it is quarantined, and all
//        └──────────────────── that it served of late is disowned as well
//
// What is disowned is to be fetched again, and stays stored until something better can be put in
// its place. A tie accuses nobody: the later of two contradicting blocks stays a hole. Remembers
// the newest few thousand blocks only, because two neighbours are fetched at about the same time.
// Safe for concurrent use.
class Arbiter {
  public:
    // `source` must outlive this object.
    explicit Arbiter(source::Source& source) : source_(source) {}

    // Lets what earlier runs stored count as long history, however short it is. Before the first
    // block.
    void believe_stored() noexcept { believes_stored_ = true; }

    // A moment of a run: how many endpoints are quarantined by then.
    using Moment = std::size_t;
    [[nodiscard]] Moment now() const;

    // Notes blocks that their endpoint served to somebody who asked at that moment. False when they
    // turn out not to be of the chain, so that they have to be fetched again. Throws
    // Fault::stopped.
    [[nodiscard]] bool believes(std::vector<model::Block> const& blocks, Moment asked,
                                std::stop_token stop);

    // The same of a block that was refused because it contradicts a stored neighbour. A long stored
    // history counts as one more that serves what it holds and what goes on from it, unless it is
    // new enough to be `replaceable` by another fork. Whether anybody was asked; throws
    // Fault::stopped.
    [[nodiscard]] bool settle(std::vector<store::Neighbour> const& neighbours, Claim const& refused,
                              bool replaceable, std::stop_token stop);

    // Quarantines an endpoint whose blocks are of the chain, but not as a node sends them; what was
    // taken from it stays. Nothing is done when there is nobody else to ask.
    void leave_alone(std::string const& endpoint, std::string const& reason);

    // The seqs of the blocks that were disowned since the last call.
    [[nodiscard]] Ranges take_disowned();

    // Whether a claim was disowned because more than one witness more was against it than for it,
    // or together with who insisted on it.
    [[nodiscard]] bool refuted(Claim const& claim) const;

    // Since the beginning.
    [[nodiscard]] std::vector<Quarantined> quarantined() const;

  private:
    enum class Role { lower, upper };
    // What one endpoint says now of both seqs.
    struct Testimony;
    struct Votes;
    using Testimonies = std::map<std::string, Testimony>;
    struct Pair {
        Claim lower;
        Claim upper;
    };

    [[nodiscard]] bool is_believed(model::Block const& block, std::stop_token stop);
    [[nodiscard]] bool quarantined_since(std::string const& endpoint, Moment asked) const;
    void note(Claim const& claim);
    [[nodiscard]] bool knows(model::Link const& link) const;
    [[nodiscard]] std::vector<Pair> contradictions_of(Claim const& claim) const;
    [[nodiscard]] Claim claim_on(store::Neighbour const& stored) const;
    [[nodiscard]] bool is_history(store::Neighbour const& stored) const;
    [[nodiscard]] Testimony history_of(std::vector<store::Neighbour> const& neighbours,
                                       Pair const& pair) const;
    [[nodiscard]] bool is_time_to_ask();
    [[nodiscard]] bool try_pair(Pair const& pair, Testimony const& history, std::stop_token stop);
    [[nodiscard]] Testimonies ask_all(Pair const& pair, std::stop_token stop);
    [[nodiscard]] bool judge(Pair const& pair, Role suspect, Testimonies const& said);
    void disown(Claim const& claim, bool refuted);
    [[nodiscard]] bool quarantine(Claim const& claim, std::vector<std::string> const& against);

    source::Source& source_;
    bool believes_stored_ = false;
    std::mutex trial_;  // one at a time
    mutable std::mutex mutex_;
    std::map<base::Seq, Claim> claims_;
    std::deque<base::Seq> order_;  // in which they came
    Ranges disowned_;
    std::map<base::Seq, Claim> refuted_;
    std::vector<Quarantined> quarantined_;
    std::uint64_t disputes_ = 0;
    std::uint64_t next_trial_ = 1;
};

}  // namespace indexer::pipeline
