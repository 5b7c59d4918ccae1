#pragma once

#include <cstdint>
#include <stop_token>
#include <vector>

#include "base/seq.hpp"
#include "config/config.hpp"
#include "pg/pool.hpp"
#include "pipeline/persistence.hpp"
#include "source/source.hpp"
#include "store/dead_letters.hpp"
#include "store/writer.hpp"

namespace indexer::pipeline {

struct RetryReport {
    std::uint64_t retried = 0;                 // 0 when a stop came before the end
    std::vector<store::KeptLetter> remaining;  // of those asked for, and what came instead of them
};

// Tries dead letters again, with the decoder, the database and the endpoints as they are now. A
// whole block is decoded from the bytes that were kept. Of a part of a block only the part was
// kept, so its block is asked of each endpoint, since another one's bytes may decode; the answer
// that leaves least undecoded is written, unless it has fewer rows than what is stored: then
// something is missing in it. One thread at a time.
class RetryLetters {
  public:
    // Everything named must outlive this object.
    RetryLetters(source::Source& source, store::Writer& writer, pg::Pool& pool,
                 store::Dataset const& dataset, Persistence const& persist)
        : source_(source), writer_(writer), pool_(pool), dataset_(dataset), persist_(persist) {}

    // Those of the dataset in `range`. After a stop it returns with what remains.
    [[nodiscard]] RetryReport run(base::SeqRange range, std::stop_token stop);

    // Those inside of blocks that are due. A dead letter that is a whole block is a hole as well,
    // and comes in with it. After a stop it returns.
    void run_due(base::SeqRange range, config::Repair const& repair, std::stop_token stop);

  private:
    [[nodiscard]] std::vector<store::KeptLetter> letters(base::SeqRange range,
                                                         std::stop_token stop);
    void write(model::Block const& block, std::stop_token stop);
    [[nodiscard]] std::uint64_t retry(base::SeqRange range, std::stop_token stop);
    void ask_again(base::Seq seq, std::stop_token stop);
    [[nodiscard]] bool write_better(base::Seq seq, std::stop_token stop);
    void decode_and_write(store::KeptLetter const& letter, std::stop_token stop);
    void keep(store::KeptLetter const& letter, std::string const& stage, std::string const& error,
              std::stop_token stop);

    source::Source& source_;
    store::Writer& writer_;
    pg::Pool& pool_;
    store::Dataset const& dataset_;
    Persistence const& persist_;
};

}  // namespace indexer::pipeline
