#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <stop_token>
#include <string>
#include <vector>

#include "base/seq.hpp"
#include "model/block.hpp"
#include "pipeline/arbiter.hpp"
#include "source/source.hpp"

namespace indexer::pipeline {

// Asks everyone for a block of which one endpoint serves something in a way that leaves doubt: it
// is a dead letter, and not for an instruction only that the program does not know. Who served
// worse than another one again and again is left alone for a while. Where asking does not help, as
// with transactions of a kind that nobody's answer makes understood, it is done ever more seldom:
// what stays in doubt is told by its dead letters, and repaired later. Safe for concurrent use.
class SecondOpinion {
  public:
    // Both must outlive this object.
    SecondOpinion(source::Source& source, Arbiter& arbiter) noexcept
        : source_(source), arbiter_(arbiter) {}

    // The blocks of a part as somebody serves them who leaves less in doubt and nothing out; else
    // `doubtful`, as they were served first. Throws Fault::stopped.
    [[nodiscard]] std::vector<model::Block> on(base::SeqRange part,
                                               std::vector<model::Block> doubtful,
                                               std::stop_token stop);

  private:
    [[nodiscard]] bool is_time_to_ask();
    void note(bool helped);
    void tell(model::Block const& doubtful, model::Block const& better);

    source::Source& source_;
    Arbiter& arbiter_;
    std::mutex mutex_;
    std::uint64_t in_vain_ = 0;                // doubts in a row that nobody could settle
    std::uint64_t next_ = 0;                   // how many there must be before somebody is asked
    std::map<std::string, unsigned> outdone_;  // how often, by endpoint
};

// Whether any dead letter of theirs is of a whole transaction or more.
[[nodiscard]] bool is_doubtful(std::vector<model::Block> const& blocks) noexcept;

}  // namespace indexer::pipeline
