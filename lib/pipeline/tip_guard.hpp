#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>

#include "base/clock.hpp"
#include "base/seq.hpp"
#include "source/source.hpp"

namespace indexer::pipeline {

// Believes what is told of the tip as far as time allows: a chain gets on by so many seqs a second
// at most. A tip beyond that is believed when two endpoints tell of it; alone it is taken for the
// highest that may be, and a warning says so, once until an honest one is heard. A tip that goes
// back is believed: it makes nobody ask for what is not there. One thread at a time.
class TipGuard {
  public:
    // `source` must outlive this object.
    explicit TipGuard(source::Source& source) : source_(source) {}

    // The tip as far as it is believed. `now` never goes back. Throws what Source::tip throws.
    [[nodiscard]] base::Seq ask(base::Clock::TimePoint now, std::stop_token stop);

  private:
    [[nodiscard]] base::Seq highest_possible(base::Clock::TimePoint now) const;
    [[nodiscard]] bool two_tell_of(base::Seq tip, std::stop_token stop);
    [[nodiscard]] base::Seq doubt(base::Seq told, base::Seq possible);
    base::Seq believe(base::Seq told, base::Clock::TimePoint now);

    struct Heard {
        base::Seq tip;
        base::Clock::TimePoint at;  // when it was first heard
    };

    source::Source& source_;
    std::optional<Heard> highest_;
    unsigned lower_in_a_row_ = 0;
    bool told_ = false;
};

// The tip where nothing else tells where the chain ends. Asked again where the source lists no
// block anywhere near it, because one broken answer would send a run after blocks that are not
// there; throws Fault::endpoint when it stays so.
[[nodiscard]] base::Seq tip_with_blocks(source::Source& source, base::Clock& clock,
                                        std::stop_token stop);

}  // namespace indexer::pipeline
