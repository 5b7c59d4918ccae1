#pragma once

#include <atomic>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/error.hpp"
#include "base/memory_budget.hpp"
#include "pipeline/arbiter.hpp"
#include "pipeline/planner.hpp"
#include "pipeline/second_opinion.hpp"
#include "pipeline/tally.hpp"
#include "pipeline/write_queue.hpp"
#include "source/source.hpp"

namespace indexer::pipeline {

// The work of a fetch thread: ask the planner, fetch, decode, push. One object serves all threads.
//
// A part that no endpoint can serve, or on which they do not agree, is delivered as a hole: the run
// goes on. A block that cannot be decoded as one endpoint serves it is asked of each; when none
// serves it otherwise, it is delivered as a dead letter and a hole. Of a part that is in doubt the
// others are asked as well. What the arbiter finds to be of another chain is not delivered. When
// the endpoints fail `patience` parts in a row there is no one left to ask, and run() throws the
// last failure (Fault::endpoint). What does not fit into the memory budget by itself is a hole,
// too.
class FetchWorker {
  public:
    struct Stops {
        std::stop_token fetching;  // stop asking; what was fetched is still delivered
        std::stop_token at_once;   // leave, deliver nothing more
    };

    // Everything named must outlive this object.
    FetchWorker(source::Source& source, Planner& planner, Arbiter& arbiter, WriteQueue& queue,
                Tally& tally, base::MemoryBudget& memory, unsigned patience);

    // Until the planner has no more, or a stop. Called once in every thread.
    void run(Stops const& stops);

  private:
    [[nodiscard]] std::optional<base::SeqRange> next_part(std::stop_token stop);
    void fetch_and_deliver(base::SeqRange part, Stops const& stops);
    // False, with nothing delivered, when the blocks of the part are to be tried one by one.
    [[nodiscard]] bool try_part(base::SeqRange part, Stops const& stops);
    [[nodiscard]] source::Fetched fetch(base::SeqRange part, std::stop_token stop);
    void deliver(source::Unavailable const& missing, Stops const& stops);
    void deliver_holes(base::SeqRange part, store::Hole const& pattern, Stops const& stops);
    // `asked`: the arbiter's moment then.
    [[nodiscard]] bool deliver(source::Answer answer, Arbiter::Moment asked, Stops const& stops);
    // What the rows hold of the budget until they are written.
    [[nodiscard]] base::MemoryShare memory_for(std::vector<model::Block> const& blocks,
                                               base::Body body);
    // Its blocks, with the endpoint's name.
    [[nodiscard]] std::vector<model::Block> decode(source::Answer const& answer) const;
    // As the first endpoint serves it whose answer can be decoded; empty when there is none.
    [[nodiscard]] std::vector<model::Block> decode_another(base::SeqRange part,
                                                           std::stop_token stop);
    // Something is wrong with one block of the part: only that one is to be lost.
    void deliver_each(base::SeqRange part, Stops const& stops);
    void deliver_unreadable(source::Answer answer, base::Error const& error, Stops const& stops);
    void deliver_undecodable(source::Answer answer, base::Error const& error, Stops const& stops);
    void push(Delivery delivery, Stops const& stops);

    source::Source& source_;
    Planner& planner_;
    Arbiter& arbiter_;
    WriteQueue& queue_;
    Tally& tally_;
    base::MemoryBudget& memory_;
    SecondOpinion second_opinion_;
    unsigned patience_;
    std::atomic<unsigned> failures_in_a_row_ = 0;
};

}  // namespace indexer::pipeline
