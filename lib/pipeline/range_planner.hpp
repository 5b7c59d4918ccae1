#pragma once

#include <cstdint>
#include <deque>
#include <mutex>
#include <vector>

#include "pipeline/planner.hpp"
#include "source/source.hpp"

namespace indexer::pipeline {

// The parts of some gaps where the source says that blocks are, in ascending order. It asks the
// source for a window at a time, so a range of any length costs no more memory than a short one.
class ListedPlanner final : public Planner {
  public:
    // `source` must outlive the planner.
    ListedPlanner(source::Source& source, std::vector<base::SeqRange> gaps);

    [[nodiscard]] std::optional<base::SeqRange> next(std::stop_token stop) override;

  private:
    void list_next_window(std::stop_token stop);

    source::Source& source_;
    std::mutex mutex_;
    std::deque<base::SeqRange> gaps_;
    std::deque<base::SeqRange> parts_;
};

// Every seq of some gaps by itself, whatever the source lists: for what is still missing when the
// listed parts are done.
class EachSeqPlanner final : public Planner {
  public:
    explicit EachSeqPlanner(std::vector<base::SeqRange> gaps);

    [[nodiscard]] std::optional<base::SeqRange> next(std::stop_token stop) override;

  private:
    std::mutex mutex_;
    std::deque<base::SeqRange> gaps_;
};

}  // namespace indexer::pipeline
