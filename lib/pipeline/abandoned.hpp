#pragma once

#include <stop_token>
#include <string_view>

#include "base/seq.hpp"
#include "pg/pool.hpp"
#include "pipeline/persistence.hpp"
#include "pipeline/ranges.hpp"
#include "source/source.hpp"
#include "store/dataset.hpp"
#include "store/writer.hpp"

namespace indexer::pipeline {

// Takes back what is stored of a part of the chain that the chain itself gave up, so that it can be
// fetched again, and says what that was. What is stored of it is not enough: it goes only where the
// endpoints' chain goes on behind it without it, from the very block that stored it begins at.
class Abandoned {
  public:
    // `statement` finds such parts: its parameter is the content, its rows are the seqs of a part,
    // [first, end), and the parent that its first block names. Empty: the chain has none.
    // Everything named must outlive this object.
    Abandoned(source::Source& source, store::Writer& writer, pg::Pool& pool,
              store::Dataset const& dataset, std::string_view statement, Persistence const& persist)
        : source_(source),
          writer_(writer),
          pool_(pool),
          dataset_(dataset),
          statement_(statement),
          persist_(persist) {}

    // Of the parts that lie in `range`. Throws pg::Error, and what sources throw.
    [[nodiscard]] Ranges take_back(base::SeqRange range, base::Seq tip, std::stop_token stop);

  private:
    [[nodiscard]] bool is_left_out(base::SeqRange part, model::Link const& parent, base::Seq tip,
                                   std::stop_token stop);

    source::Source& source_;
    store::Writer& writer_;
    pg::Pool& pool_;
    store::Dataset const& dataset_;
    std::string_view statement_;
    Persistence const& persist_;
};

}  // namespace indexer::pipeline
