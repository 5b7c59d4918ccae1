#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/memory_budget.hpp"
#include "base/seq.hpp"
#include "config/config.hpp"
#include "observe/metrics.hpp"
#include "pipeline/arbiter.hpp"
#include "pipeline/growing_planner.hpp"
#include "pipeline/mender.hpp"
#include "pipeline/persistence.hpp"
#include "pipeline/planner.hpp"
#include "pipeline/ranges.hpp"
#include "pipeline/report.hpp"
#include "pipeline/tally.hpp"
#include "pipeline/tip_watch.hpp"
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
//                              └─── replaced ◀───┘
//
// What was stored of another chain is asked of others after each pass, and stays until the chain
// around it is there to be put in its place (Mender).
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

    // The same as run() without the report and without recall(), for a run of many ranges: the
    // range as far as it was copied, which is longer where follow() was called and a part was held
    // up. Throws Fault::stopped.
    base::SeqRange copy(base::SeqRange range, base::Seq tip,
                        std::vector<base::SeqRange> const& plan, std::stop_token stop);
    // From now on copy() has `watch`, which must outlive this object, look at the tip, and goes on
    // with what has come while a part is held up.
    void follow(TipWatch& watch);

    // The parts of `range` that are not proven, ascending.
    [[nodiscard]] std::vector<base::SeqRange> gaps(base::SeqRange range, std::stop_token stop);

    [[nodiscard]] Tally const& tally() const noexcept { return tally_; }
    // What was stored and had to make room, since the beginning.
    [[nodiscard]] std::vector<Replaced> const& replaced() const noexcept { return replaced_; }
    // Asks an endpoint no more for a while, where there is another one; the report names it.
    void leave_alone(std::string const& endpoint, std::string const& reason) {
        arbiter_.leave_alone(endpoint, reason);
    }
    // The endpoints that served another chain.
    [[nodiscard]] std::vector<Quarantined> quarantined() const { return arbiter_.quarantined(); }

    // Takes nothing that earlier runs stored for wrong on the word of a single endpoint. Before
    // run().
    void believe_stored() noexcept { arbiter_.believe_stored(); }
    // Takes the chain that the endpoints serve for right where it contradicts what is stored and is
    // longer. Before run().
    void believe_served() noexcept { by_word_ = true; }
    // Looks into contradictions with what is stored that were met before; whether any was settled.
    // Throws Fault::stopped.
    [[nodiscard]] bool settle(Ranges const& disputed, base::SeqRange range, std::stop_token stop);
    // How this run asks the database.
    [[nodiscard]] Persistence const& persistence() const noexcept { return persist_; }

  private:
    // Seqs to copy, parts of `range`; grows with the tip where that is followed.
    struct Work {
        base::SeqRange range;
        base::Seq tip;
        Ranges seqs;

        void grow_to(base::Seq end);
    };

    // Whether there is a reason to try once more what is missing then: a block turned out to be of
    // another chain, or was replaced.
    bool fetch_and_write(Planner& planner, Work& work, std::stop_token stop);
    // What of it contradicts what is stored.
    [[nodiscard]] std::vector<Claim> fetch_and_write(Planner& planner, std::stop_token stop);
    [[nodiscard]] bool weigh(std::vector<Claim> const& contradicting, base::SeqRange range,
                             base::Seq tip, std::stop_token stop);
    [[nodiscard]] bool hear(Claim const& refused, base::Seq tip, std::stop_token stop);
    void keep(std::vector<WriteWorker::Refused> const& refused, std::stop_token stop);
    void keep(WriteWorker::Refused const& block, std::stop_token stop);
    void prove_tail(base::SeqRange gap, base::Seq tip, std::stop_token stop);
    void prove_heads(Ranges const& missing, base::SeqRange range, std::stop_token stop);
    [[nodiscard]] std::optional<base::Seq> prove_head(base::SeqRange gap, std::stop_token stop);
    [[nodiscard]] bool is_proven(Claim const& upper, bool parent_is_stored, std::stop_token stop);
    void add_absent(base::SeqRange gap, Claim const& upper, std::stop_token stop);
    [[nodiscard]] Ranges missing_of(Work const& work, std::stop_token stop);
    void finish(Work& work, std::stop_token stop);

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
    Mender mender_;
    TipWatch* watch_ = nullptr;  // nothing: what is to be copied stays the same
    std::optional<UsualTime> usual_;
    bool by_word_ = false;
    Ranges doubted_;
    std::vector<Replaced> replaced_;
};

}  // namespace indexer::pipeline
