#pragma once

#include <mutex>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "pg/error.hpp"
#include "pipeline/arbiter.hpp"
#include "pipeline/persistence.hpp"
#include "pipeline/tally.hpp"
#include "pipeline/write_queue.hpp"
#include "store/coverage.hpp"
#include "store/writer.hpp"

namespace indexer::pipeline {

// Whether the data is at fault, not the database: data exceptions (class 22), violated constraints
// (23), limits such as the size of an index row (54), and contradicting links.
[[nodiscard]] bool is_refusal(pg::Error const& error);

// The work of a writer thread: take a group from the queue, write it, again. One object serves all
// threads.
//
// What a new attempt can mend (a lost connection, a restart of the server, a deadlock) is tried
// again. A group that the database refuses for its data is written block by block, so that only
// the block at fault is left out, as a hole with the database's reason. Everything else is thrown
// by run() and ends the run.
class WriteWorker {
  public:
    // A block whose rows the database would not take.
    struct Refused {
        base::Seq seq;
        std::string error;
    };

    // Everything named must outlive this object.
    WriteWorker(WriteQueue& queue, store::Writer& writer, store::Coverage& coverage, Tally& tally,
                WriteQueue::Group group, Persistence const& persist, base::Clock& clock);

    // Until the queue is closed and drained, or a stop. Called once in every thread.
    void run(std::stop_token stop);

    // Those of this run. Requires: no thread is in run().
    [[nodiscard]] std::vector<Refused> const& refused() const noexcept { return refused_; }
    // The same of blocks that contradict what is stored.
    [[nodiscard]] std::vector<Claim> const& contradicting() const noexcept {
        return contradicting_;
    }

  private:
    void write(std::vector<Delivery> group, std::stop_token stop);
    // Blocks with less in them than is stored of them.
    void drop_worse(std::vector<model::Block>& blocks, std::stop_token stop);
    void write_blocks(std::span<model::Block const> blocks, std::stop_token stop);
    void write_one_by_one(std::span<model::Block const> blocks, std::stop_token stop);
    void record(model::Block const& refused, pg::Error const& error, std::stop_token stop);

    WriteQueue& queue_;
    store::Writer& writer_;
    store::Coverage& coverage_;
    Tally& tally_;
    WriteQueue::Group group_;
    Persistence const& persist_;
    base::Clock& clock_;
    std::mutex mutex_;
    std::vector<Refused> refused_;
    std::vector<Claim> contradicting_;
};

}  // namespace indexer::pipeline
