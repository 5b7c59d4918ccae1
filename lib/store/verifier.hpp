#pragma once

#include <cstdint>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/seq.hpp"
#include "model/block.hpp"
#include "model/check.hpp"
#include "model/row_batch.hpp"
#include "store/dataset.hpp"
#include "store/questions.hpp"
#include "store/snapshot.hpp"

namespace indexer::store {

// What a verification looked at, as the database notes it. It is a proof when nothing was found.
struct Certificate {
    base::SeqRange seqs;
    model::Link first;  // the first block and the last one
    model::Link last;
    std::uint64_t blocks = 0;
    std::uint64_t skipped = 0;    // proven to hold no block
    std::uint64_t witnessed = 0;  // blocks that two endpoints or more served just so
    std::uint64_t transactions = 0;
    std::vector<std::pair<std::string, std::uint64_t>> rows;  // by table
    std::vector<std::string> unchecked;  // tables of states, where not all blocks noted theirs, or
                                         // that only --deep checks
    std::vector<std::string> states{};   // tables of states that were checked
    std::string decoder_versions;        // "1,2"
    std::uint64_t without_digests = 0;   // blocks written before digests were noted
    std::uint64_t shared = 0;            // blocks whose rows cannot be told from other contents
    std::string_view checked;            // what was looked at
    std::string at;                      // ISO 8601, UTC
};

struct Verification {
    std::vector<base::SeqRange> gaps;
    Findings findings;
    Certificate certificate;
    bool deep = false;

    [[nodiscard]] bool proven() const noexcept {
        return gaps.empty() && findings.empty() && certificate.blocks > 0 &&
               (!deep || (certificate.without_digests == 0 && certificate.shared == 0));
    }
};

// Proves a history again, from the database alone and as of one moment: links of all blocks,
// segments against blocks, rows against what was noted when they were written. Writes nothing.
// One thread at a time.
class Verifier {
  public:
    // The sessions of `snapshot` were set up by sql::store::reader_session; it must outlive this
    // object, and they share the work. `tables` and `checks` are those of the chain.
    Verifier(Snapshot& snapshot, Dataset dataset, std::span<model::Table const* const> tables,
             std::span<model::Check const> checks);

    // `deep`: reads every row and compares digests. Throws pg::Error.
    [[nodiscard]] Verification run(base::SeqRange range, bool deep, std::stop_token stop);

  private:
    void find_tables(base::SeqRange range, std::stop_token stop);
    [[nodiscard]] std::vector<base::SeqRange> windows(base::SeqRange range,
                                                      std::string_view transactions,
                                                      std::stop_token stop);
    [[nodiscard]] std::vector<Question> questions(base::SeqRange range, std::stop_token stop);
    [[nodiscard]] Question gaps(base::SeqRange range);
    [[nodiscard]] Question certificate(base::SeqRange range);
    [[nodiscard]] Question rows_written(base::SeqRange range);
    [[nodiscard]] Findings answers(std::vector<Question> const& questions, std::stop_token stop);
    [[nodiscard]] bool notes_states(model::Table const& table, base::SeqRange range,
                                    std::stop_token stop);
    void check_digests(base::SeqRange range, std::stop_token stop);

    Snapshot& snapshot_;
    Dataset const dataset_;
    std::span<model::Table const* const> const all_tables_;
    std::span<model::Check const> const checks_;
    std::vector<model::Table const*> tables_;        // those of the content
    std::vector<model::Table const*> state_tables_;  // likewise, of states
    std::vector<model::Table const*> states_;        // those of these that can be checked
    Verification result_;
};

}  // namespace indexer::store
