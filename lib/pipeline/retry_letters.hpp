#pragma once

#include <cstdint>
#include <stop_token>
#include <vector>

#include "base/seq.hpp"
#include "pg/pool.hpp"
#include "pipeline/backfill.hpp"
#include "source/source.hpp"
#include "store/dead_letters.hpp"
#include "store/writer.hpp"

namespace indexer::pipeline {

struct RetryReport {
    std::uint64_t retried = 0;                 // 0 when a stop came before the end
    std::vector<store::KeptLetter> remaining;  // of those asked for, and what came instead of them
};

// Tries dead letters again, with the decoder and the database as they are now. A whole block is
// decoded from the bytes that were kept; of a part of a block only the part was kept, so its block
// is fetched again. One thread at a time.
class RetryLetters {
  public:
    // Everything named must outlive this object.
    RetryLetters(source::Source& source, store::Writer& writer, Backfill& backfill, pg::Pool& pool,
                 store::Dataset const& dataset)
        : source_(source), writer_(writer), backfill_(backfill), pool_(pool), dataset_(dataset) {}

    // Those of the dataset in `range`. After a stop it returns with what remains.
    [[nodiscard]] RetryReport run(base::SeqRange range, base::Seq tip, std::stop_token stop);

  private:
    [[nodiscard]] std::uint64_t retry(base::SeqRange range, base::Seq tip, std::stop_token stop);
    void decode_and_write(store::KeptLetter const& letter, std::stop_token stop);
    void keep(store::KeptLetter const& letter, std::string const& stage, std::string const& error,
              std::stop_token stop);

    source::Source& source_;
    store::Writer& writer_;
    Backfill& backfill_;
    pg::Pool& pool_;
    store::Dataset const& dataset_;
};

}  // namespace indexer::pipeline
