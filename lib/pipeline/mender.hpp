#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <stop_token>
#include <vector>

#include "base/clock.hpp"
#include "base/seq.hpp"
#include "config/config.hpp"
#include "pipeline/branch.hpp"
#include "pipeline/persistence.hpp"
#include "pipeline/ranges.hpp"
#include "pipeline/tally.hpp"
#include "source/source.hpp"
#include "store/coverage.hpp"
#include "store/writer.hpp"

namespace indexer::pipeline {

// A range whose stored blocks others were put in the place of.
struct Replaced {
    base::SeqRange range;
    std::uint64_t before = 0;  // blocks of it that were stored
    std::uint64_t now = 0;
};

// Settles contradictions with what is stored: asks for the chain around them, from block to parent,
// until it links to a stored block on both sides, and puts that branch in the place of what is
// stored there when it is better proven. One transaction does it: nothing is taken away before what
// replaces it is there, and linked. Whatever does not come to that stays as it is.
//
// One thread at a time.
class Mender {
  public:
    // Everything named must outlive this object.
    Mender(source::Source& source, store::Coverage& coverage, store::Writer& writer,
           config::Pipeline const& config, Persistence const& persist, base::Clock& clock,
           Tally& tally);

    // Looks into the blocks at `disputed`; `reach` is how far what is to be stored reaches. What
    // was settled, be it that nothing was stored there before. Throws Fault::stopped.
    [[nodiscard]] std::vector<Replaced> mend(Ranges const& disputed, base::SeqRange reach,
                                             Standing const& standing, std::stop_token stop);

  private:
    // A block as it was served when it was asked for here; with its rows while they take little.
    struct Served {
        Claim claim;
        std::optional<model::Block> block;
    };

    void ask_for(Ranges const& seqs, std::stop_token stop);
    [[nodiscard]] bool is_in_place(base::Seq seq) const;
    [[nodiscard]] std::optional<Replaced> mend_at(base::Seq seq, base::SeqRange reach,
                                                  Standing const& standing, std::stop_token stop);
    [[nodiscard]] std::optional<Branch> branch_at(base::Seq seq, base::SeqRange reach,
                                                  std::stop_token stop);
    [[nodiscard]] std::optional<Claim> find_top(base::Seq seq, Branch& branch,
                                                std::stop_token stop);
    [[nodiscard]] bool find_parents(Branch& branch, base::SeqRange reach, std::stop_token stop);
    [[nodiscard]] std::optional<store::Noted> held(model::Link const& link) const;
    [[nodiscard]] std::vector<store::Noted> held_in(base::SeqRange range) const;
    [[nodiscard]] std::optional<Claim> served(base::Seq seq, std::stop_token stop);
    [[nodiscard]] std::optional<Claim> served(model::Link const& wanted, std::stop_token stop);
    [[nodiscard]] std::optional<model::Block> fetch(base::Seq seq, std::stop_token stop);
    [[nodiscard]] std::optional<model::Block> fetch_from_any(model::Link const& wanted,
                                                             std::stop_token stop);
    Claim keep(model::Block block);
    [[nodiscard]] model::Block whole(Claim const& claim, std::stop_token stop);
    [[nodiscard]] store::Replacement replacement_by(Branch const& branch) const;
    [[nodiscard]] bool put(Branch const& branch, std::stop_token stop);

    source::Source& source_;
    store::Coverage& coverage_;
    store::Writer& writer_;
    config::Pipeline const& config_;
    Persistence const& persist_;
    base::Clock& clock_;
    Tally& tally_;
    std::map<base::Seq, store::Noted> held_;  // around the dispute
    std::mutex mutex_;
    std::map<base::Seq, Served> served_;
    std::size_t kept_bytes_ = 0;
};

}  // namespace indexer::pipeline
