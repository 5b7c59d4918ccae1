#pragma once

#include <atomic>
#include <stop_token>
#include <string>

#include "base/error.hpp"
#include "pipeline/arbiter.hpp"
#include "pipeline/planner.hpp"
#include "pipeline/tally.hpp"
#include "pipeline/write_queue.hpp"
#include "source/source.hpp"

namespace indexer::pipeline {

// The work of a fetch thread: ask the planner, fetch, decode, push. One object serves all threads.
//
// A part that no endpoint can serve is delivered as a hole: the run goes on. A block that cannot be
// decoded as one endpoint serves it is asked of each; when none serves it otherwise, it is
// delivered as a dead letter and a hole. What the arbiter finds to be of another chain is not
// delivered. When the endpoints fail `patience` parts in a row there is no one left to ask, and
// run() throws the last failure (Fault::endpoint).
class FetchWorker {
  public:
    struct Stops {
        std::stop_token fetching;  // stop asking; what was fetched is still delivered
        std::stop_token at_once;   // leave, deliver nothing more
    };

    // Everything named must outlive this object.
    FetchWorker(source::Source& source, Planner& planner, Arbiter& arbiter, WriteQueue& queue,
                Tally& tally, unsigned patience);

    // Until the planner has no more, or a stop. Called once in every thread.
    void run(Stops const& stops);

  private:
    void fetch_and_deliver(base::SeqRange part, Stops const& stops);
    [[nodiscard]] source::Fetched fetch(base::SeqRange part, std::stop_token stop);
    void deliver(source::Unavailable const& missing, Stops const& stops);
    void deliver_holes(base::SeqRange part, store::Hole const& pattern, Stops const& stops);
    // `asked`: the arbiter's moment then.
    void deliver(source::Answer const& answer, Arbiter::Moment asked, Stops const& stops);
    // Its blocks, with the endpoint's name.
    [[nodiscard]] std::vector<model::Block> decode(source::Answer const& answer) const;
    // As the first endpoint serves it whose answer can be decoded; empty when there is none.
    [[nodiscard]] std::vector<model::Block> decode_another(base::SeqRange part,
                                                           std::stop_token stop);
    // One block of the part cannot be decoded: only that one is to be lost.
    void deliver_each(base::SeqRange part, Stops const& stops);
    void deliver_unreadable(source::Answer const& answer, base::Error const& error,
                            Stops const& stops);
    void deliver_undecodable(source::Answer const& answer, base::Error const& error,
                             Stops const& stops);
    void push(Delivery delivery, Stops const& stops);

    source::Source& source_;
    Planner& planner_;
    Arbiter& arbiter_;
    WriteQueue& queue_;
    Tally& tally_;
    unsigned patience_;
    std::atomic<unsigned> failures_in_a_row_ = 0;
};

}  // namespace indexer::pipeline
