#pragma once

#include <functional>
#include <string>
#include <vector>

#include "model/block.hpp"
#include "source/source.hpp"

namespace indexer::damage {

// What became of a block that one endpoint served damaged.
enum class Outcome {
    harmless,   // what was damaged is no part of any row
    refused,    // nothing of it is written: it is a hole, and kept as it came where it can be
    kept,       // written, but for what is a dead letter
    marked,     // written, and its rows say that they are less than the chain has
    unlinked,   // written with another hash or parent, which its neighbours contradict
    mended,     // written as another endpoint served it
    unnoticed,  // written with other rows
};

using Decode = std::function<std::vector<model::Block>(source::Answer const&)>;

// Sends answers through a run's fetch worker, up to the queue in front of the writers.
class Trial {
  public:
    // `decode` is a source's own; `seq` is where the block belongs.
    Trial(Decode decode, base::Seq seq, std::string whole);

    // The block as it is meant to be. Throws when `whole` is no answer that can be decoded.
    [[nodiscard]] std::string const& expected() const noexcept { return expected_; }
    [[nodiscard]] std::string const& whole() const noexcept { return whole_; }

    // With another endpoint that serves it whole, or without.
    [[nodiscard]] Outcome run(std::string const& damaged, bool with_another);

  private:
    [[nodiscard]] Outcome judge(model::Block const& block) const;

    Decode decode_;
    base::Seq seq_;
    std::string whole_;
    std::string expected_;
    model::Link link_;
    model::Link parent_;
    std::vector<model::DeadLetter> dead_letters_;  // that it has even so
    std::size_t unknown_ = 0;                      // rows that it has of no known result
};

}  // namespace indexer::damage
