#pragma once

#include <cstdint>
#include <set>
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
#include "pg/connection.hpp"
#include "pg/result.hpp"
#include "store/dataset.hpp"

namespace indexer::store {

// Something that is not as it was written, or not as it must be.
struct Finding {
    std::string where;  // a table, "links", "segments", "keys"
    base::Seq seq;      // 0 where no seq is meant
    std::string what;
};

// What a verification looked at, as the database notes it. It is a proof when nothing was found.
struct Certificate {
    base::SeqRange seqs;
    model::Link first;  // the first block and the last one
    model::Link last;
    std::uint64_t blocks = 0;
    std::uint64_t skipped = 0;  // proven to hold no block
    std::uint64_t transactions = 0;
    std::vector<std::pair<std::string, std::uint64_t>> rows;  // by table
    std::vector<std::string> unchecked;                       // tables of newest states: of
                                                              // earlier ones nothing is left
    std::string decoder_versions;                             // "1,2"
    std::uint64_t without_digests = 0;  // blocks written before digests were noted
    std::uint64_t shared = 0;           // blocks whose tables hold rows of other contents, too
    std::string_view checked;           // what was looked at
    std::string at;                     // ISO 8601, UTC
};

struct Verification {
    std::vector<base::SeqRange> gaps;
    std::vector<Finding> findings;
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
    // `connection` was set up by sql::store::reader_session and must outlive this object. `tables`
    // and `checks` are those of the chain.
    Verifier(pg::Connection& connection, Dataset dataset,
             std::span<model::Table const* const> tables, std::span<model::Check const> checks);

    // `deep`: reads every row and compares digests. Throws pg::Error.
    [[nodiscard]] Verification run(base::SeqRange range, bool deep, std::stop_token stop);

  private:
    pg::Result ask(std::string_view sql, base::SeqRange range, std::stop_token stop,
                   std::string_view fifth = {});
    [[nodiscard]] std::vector<base::SeqRange> windows(base::SeqRange range, bool deep,
                                                      std::stop_token stop);
    void find_tables(std::stop_token stop);
    void check_whole(base::SeqRange range, std::stop_token stop);
    void check_window(base::SeqRange window, std::stop_token stop);
    void check_table(model::Table const& table, base::SeqRange window, std::stop_token stop);
    void check_digests(model::Table const& table, base::SeqRange window, std::stop_token stop);
    void certify(base::SeqRange range, std::stop_token stop);
    void add(std::string_view where, pg::Result const& rows);

    pg::Connection& connection_;
    Dataset const dataset_;
    std::span<model::Table const* const> const all_tables_;
    std::span<model::Check const> const checks_;
    std::vector<model::Table const*> tables_;  // those of the content
    Verification result_;
    std::set<std::pair<std::string, base::Seq>> wrong_;  // tables and seqs of findings
};

}  // namespace indexer::store
