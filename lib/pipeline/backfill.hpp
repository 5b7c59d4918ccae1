#pragma once

#include <optional>
#include <stop_token>
#include <vector>

#include "base/clock.hpp"
#include "base/memory_budget.hpp"
#include "base/seq.hpp"
#include "config/config.hpp"
#include "observe/metrics.hpp"
#include "pipeline/arbiter.hpp"
#include "pipeline/persistence.hpp"
#include "pipeline/planner.hpp"
#include "pipeline/ranges.hpp"
#include "pipeline/report.hpp"
#include "pipeline/tally.hpp"
#include "pipeline/write_worker.hpp"
#include "resilience/random.hpp"
#include "source/source.hpp"
#include "store/coverage.hpp"
#include "store/writer.hpp"

namespace indexer::pipeline {

// Brings the missing parts of a range into the database and proves them. Other endpoints are asked
// first where one had no luck before.
//
//   gaps of the range ──▶ fetch what the source lists ──▶ prove the tail by the block behind it
//                                                              │
//        missing ◀── gaps ◀── ask for every seq left ◀── gaps ◀┘
//                              ▲                 │
//                              └── taken back ◀──┘
//
// What an endpoint served of another chain is taken back after each pass, and asked of others.
// One thread at a time; tally() may be read from any.
class Backfill {
  public:
    // Everything named must outlive this object.
    Backfill(source::Source& source, store::Coverage& coverage, store::Writer& writer,
             config::Pipeline const& config, base::Clock& clock, resilience::Random& random,
             observe::Metrics& metrics, base::MemoryBudget& memory);

    // What run() would fetch. Throws when the endpoint cannot serve it: Fault::usage past the tip,
    // Fault::endpoint before its first block.
    [[nodiscard]] std::vector<base::SeqRange> plan(base::SeqRange range, base::Seq tip, bool force,
                                                   std::stop_token stop);

    // Does `plan`, parts of `range` such as plan() gives. After a stop it drains what was fetched,
    // commits it and returns.
    [[nodiscard]] Report run(base::SeqRange range, base::Seq tip,
                             std::vector<base::SeqRange> const& plan, std::stop_token stop);

    // Learns from the holes of `range` whom to ask last for what of it. Throws Fault::stopped.
    void recall(base::SeqRange range, std::stop_token stop);

    // The same as run() without the report and without recall(), for a run of many ranges. Throws
    // Fault::stopped.
    void copy(base::SeqRange range, base::Seq tip, std::vector<base::SeqRange> const& plan,
              std::stop_token stop);

    // The parts of `range` that are not proven, ascending.
    [[nodiscard]] std::vector<base::SeqRange> gaps(base::SeqRange range, std::stop_token stop);

    [[nodiscard]] Tally const& tally() const noexcept { return tally_; }
    // The endpoints that served another chain.
    [[nodiscard]] std::vector<Quarantined> quarantined() const { return arbiter_.quarantined(); }

    // Takes back nothing that earlier runs stored on the word of a single endpoint. Before run().
    void believe_stored() noexcept { arbiter_.believe_stored(); }
    // How this run asks the database.
    [[nodiscard]] Persistence const& persistence() const noexcept { return persist_; }

  private:
    // Gives the seqs whose blocks turned out to be of another chain and were taken back.
    Ranges fetch_and_write(Planner& planner, base::Seq tip, std::stop_token stop);
    [[nodiscard]] Ranges take_back(std::vector<Claim> const& contradicting, base::Seq tip,
                                   std::stop_token stop);
    [[nodiscard]] bool settle(Claim const& refused, base::Seq tip, std::stop_token stop);
    void keep(std::vector<WriteWorker::Refused> const& refused, std::stop_token stop);
    void keep(WriteWorker::Refused const& block, std::stop_token stop);
    void prove_tail(base::SeqRange gap, base::Seq tip, std::stop_token stop);
    void finish(base::SeqRange range, base::Seq tip, Ranges work, std::stop_token stop);

    source::Source& source_;
    store::Coverage& coverage_;
    store::Writer& writer_;
    config::Pipeline const& config_;
    base::Clock& clock_;
    observe::Metrics& metrics_;
    base::MemoryBudget& memory_;
    Tally tally_;
    Persistence persist_;
    Arbiter arbiter_;
};

}  // namespace indexer::pipeline
