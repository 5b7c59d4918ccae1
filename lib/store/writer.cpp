#include "store/writer.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "pg/pipeline.hpp"
#include "sql/statements.hpp"
#include "store/proven_runs.hpp"
#include "store/table_rows.hpp"

namespace indexer::store {
namespace {

// The group's rows by table, in the order in which the blocks list their tables.
std::vector<TableRows> collect(std::span<model::Block const> group) {
    std::vector<TableRows> tables;
    for (model::Block const& block : group) {
        for (model::RowBatch const& batch : block.rows) {
            auto table = std::find_if(tables.begin(), tables.end(), [&](TableRows const& known) {
                return &known.table() == &batch.table();
            });
            if (table == tables.end()) table = tables.emplace(table, batch.table());
            table->add(batch);
        }
    }
    for (TableRows& table : tables) table.arrange();
    return tables;
}

// One upsert of at most batch_size rows.
struct Batch {
    std::string_view table;
    std::size_t rows;
};

void add_batches(pg::Pipeline& pipeline, TableRows const& table, std::size_t batch_size,
                 std::vector<Batch>& batches) {
    for (std::size_t from = 0; from < table.size(); from += batch_size) {
        auto const rows = std::min(batch_size, table.size() - from);
        auto const columns = table.columns(from, rows);
        std::vector<pg::Parameter> const parameters(columns.begin(), columns.end());
        pipeline.add(table.table().upsert, parameters);
        batches.push_back({table.table().name, rows});
    }
}

// The parameters of sql::store::bury_dead_letters.
class LetterColumns {
  public:
    explicit LetterColumns(std::string const& chain) : chain_(&chain) {}

    void add(std::span<model::DeadLetter const> letters) {
        for (model::DeadLetter const& letter : letters) {
            seqs_.add_integer(static_cast<std::int64_t>(letter.seq.value()));
            paths_.add_bytes(letter.path);
            stages_.add_bytes(letter.stage);
            errors_.add_bytes(letter.error);
            raws_.add_bytes(letter.raw);
        }
    }
    [[nodiscard]] bool empty() const noexcept { return seqs_.size() == 0; }
    [[nodiscard]] std::array<pg::Parameter, 6> parameters() const {
        return {*chain_, seqs_, paths_, stages_, errors_, raws_};
    }

  private:
    std::string const* chain_;
    pg::Array seqs_{pg::ElementType::int8};
    pg::Array paths_{pg::ElementType::text};
    pg::Array stages_{pg::ElementType::text};
    pg::Array errors_{pg::ElementType::text};
    pg::Array raws_{pg::ElementType::bytea};
};

// The batches are the first of the results.
Written summarize(std::vector<Batch> const& batches, std::vector<pg::Result> const& results) {
    Written written;
    for (std::size_t index = 0; index < batches.size(); ++index) {
        auto const& [table, rows] = batches[index];
        written.rows[table] += rows;
        written.changed[table] += results[index].affected();
        written.batches.push_back(rows);
    }
    return written;
}

}  // namespace

Writer::Writer(pg::Pool& pool, Dataset dataset, std::size_t batch_size)
    : pool_(pool), dataset_(std::move(dataset)), batch_size_(batch_size) {
}

Written Writer::write(std::span<model::Block const> group, std::stop_token stop) {
    auto const tables = collect(group);
    ProvenRuns runs(dataset_);
    LetterColumns letters(dataset_.chain);
    for (model::Block const& block : group) {
        runs.add(block);
        letters.add(block.dead_letters);
    }

    auto lease = pool_.acquire(stop);
    pg::Pipeline pipeline(*lease, stop);
    std::vector<Batch> batches;
    for (TableRows const& table : tables) add_batches(pipeline, table, batch_size_, batches);
    if (!letters.empty()) pipeline.add(sql::store::bury_dead_letters, letters.parameters());
    if (!runs.empty()) pipeline.add(sql::store::cover, runs.parameters());
    return summarize(batches, pipeline.commit());
}

void Writer::bury(std::span<model::DeadLetter const> letters, std::stop_token stop) {
    LetterColumns columns(dataset_.chain);
    columns.add(letters);
    pool_.acquire(stop)->execute(sql::store::bury_dead_letters, columns.parameters(), stop);
}

}  // namespace indexer::store
