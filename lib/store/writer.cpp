#include "store/writer.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"
#include "pg/error.hpp"
#include "pg/pipeline.hpp"
#include "sql/statements.hpp"
#include "store/block_records.hpp"
#include "store/cells.hpp"
#include "store/insert_statement.hpp"
#include "store/row_keys.hpp"
#include "store/state_notes.hpp"
#include "store/table_rows.hpp"

namespace indexer::store {
namespace {

// Whether each row is of one seq, and comes and goes with its block.
bool belongs_to_seqs(model::Table const& table) {
    return !table.read.empty();
}

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

void add_batches(pg::Pipeline& pipeline, TableRows const& table, std::string_view statement,
                 std::size_t batch_size, std::vector<Batch>& batches) {
    for (std::size_t from = 0; from < table.size(); from += batch_size) {
        auto const rows = std::min(batch_size, table.size() - from);
        auto const columns = table.columns(from, rows);
        std::vector<pg::Parameter> const parameters(columns.begin(), columns.end());
        pipeline.add(statement, parameters);
        batches.push_back({table.table().name, rows});
    }
}

// The parameters of sql::store::bury_dead_letters.
class LetterColumns {
  public:
    explicit LetterColumns(Dataset const& dataset)
        : dataset_(&dataset), decoder_version_(std::to_string(dataset.decoder_version)) {}

    void add(std::span<model::DeadLetter const> letters) {
        for (model::DeadLetter const& letter : letters) {
            seqs_.add_integer(static_cast<std::int64_t>(letter.seq.value()));
            paths_.add_bytes(letter.path);
            stages_.add_bytes(letter.stage);
            errors_.add_bytes(base::plain_text(letter.error));
            raws_.add_bytes(letter.raw);
            endpoints_.add_bytes(letter.endpoint);
        }
    }
    [[nodiscard]] bool empty() const noexcept { return seqs_.size() == 0; }
    [[nodiscard]] std::array<pg::Parameter, 9> parameters() const {
        return {dataset_->chain, dataset_->content, decoder_version_, seqs_,
                paths_,          stages_,           errors_,          raws_,
                endpoints_};
    }

  private:
    Dataset const* dataset_;
    std::string decoder_version_;
    pg::Array seqs_{pg::ElementType::int8};
    pg::Array paths_{pg::ElementType::text};
    pg::Array stages_{pg::ElementType::text};
    pg::Array errors_{pg::ElementType::text};
    pg::Array raws_{pg::ElementType::bytea};
    pg::Array endpoints_{pg::ElementType::text};
};

// How many endpoints served the blocks of a commit group alike, where more than one did.
class Witnesses {
  public:
    Witnesses(Dataset const& dataset, std::span<model::Block const> group) : dataset_(&dataset) {
        for (model::Block const& block : group) {
            if (block.witnesses == 1) continue;
            seqs_.add_integer(static_cast<std::int64_t>(block.link.seq.value()));
            endpoints_.add_integer(block.witnesses);
        }
    }
    [[nodiscard]] bool empty() const noexcept { return seqs_.size() == 0; }
    // Of sql::store::note_witnesses; they live as long as this object.
    [[nodiscard]] std::array<pg::Parameter, 4> parameters() const {
        return {dataset_->chain, dataset_->content, seqs_, endpoints_};
    }

  private:
    Dataset const* dataset_;
    pg::Array seqs_{pg::ElementType::int8};
    pg::Array endpoints_{pg::ElementType::int4};
};

// Rows that a seq of the group has in the database, but not in the group, go.
void prune(pg::Pipeline& pipeline, BlockRecords const& records, TableRows const& table) {
    auto const keys = key_columns(table.table());
    pg::Array kept(pg::ElementType::text);
    table.for_each(
        [&](model::RowBatch const& rows, std::size_t row) { kept.add_bytes(key_text(rows, row)); });
    pipeline.add(sql::store::prune_rows, records.prune(table.table(), keys, kept));
}

// The batches are the first of the results.
Written summarize(std::vector<Batch> const& batches, std::span<pg::Result const> results) {
    Written written;
    for (std::size_t index = 0; index < batches.size(); ++index) {
        auto const& [table, rows] = batches[index];
        written.rows[table] += rows;
        written.changed[table] += results[index].affected();
        written.batches.push_back(rows);
    }
    return written;
}

// An array of the number of rows of each table, as PostgreSQL spells one.
std::string row_counts_of(model::Block const& block, Dataset const& dataset) {
    std::string counts;
    for (model::Table const* const table : dataset.tables) {
        auto const* const batch = model::rows_of(block.rows, *table);
        counts += (counts.empty() ? '{' : ',') +
                  std::to_string(batch == nullptr ? std::size_t{0} : batch->rows());
    }
    return counts + '}';
}

std::vector<Difference> differences_in(pg::Result const& rows) {
    std::vector<Difference> differences;
    for (int row = 0; row < rows.rows(); ++row) {
        differences.push_back({seq_at(rows, row, 0), std::string(rows.text(row, 1))});
    }
    return differences;
}

}  // namespace

// What is noted of the blocks of a commit group, beside their rows.
struct Writer::Notes {
    BlockRecords records;
    std::vector<RowKeys> keys{};
    std::vector<StateNotes> states{};
    Witnesses witnesses;

    void add_to(pg::Pipeline& pipeline) const {
        pipeline.add(sql::store::add_blocks, records.add_blocks());
        if (!witnesses.empty()) {
            pipeline.add(sql::store::note_witnesses, witnesses.parameters());
        }
        for (RowKeys const& known : keys) {
            pipeline.add(sql::store::note_keys, known.parameters());
        }
        for (StateNotes const& notes : states) {
            pipeline.add(sql::store::note_states, notes.parameters());
        }
    }
};

// What is to be sent of the blocks of a commit group.
struct Writer::Group {
    Group(Dataset const& dataset, std::span<model::Block const> blocks,
          std::span<std::string const> noted_tables)
        : tables(collect(blocks)),
          noted{.records = BlockRecords(dataset, blocks, tables),
                .witnesses = Witnesses(dataset, blocks)},
          letters(dataset) {
        for (model::Block const& block : blocks) letters.add(block.dead_letters);
        for (TableRows const& rows : tables) {
            bool const is_noted = std::find(noted_tables.begin(), noted_tables.end(),
                                            rows.table().name) != noted_tables.end();
            if (is_noted) noted.keys.emplace_back(dataset, blocks, rows);
        }
        for (model::Table const* const table : dataset.tables) {
            if (!belongs_to_seqs(*table)) noted.states.emplace_back(dataset, blocks, *table);
        }
    }

    std::vector<TableRows> tables;
    Notes noted;
    LetterColumns letters;
};

Writer::Writer(pg::Pool& pool, Dataset dataset, std::size_t batch_size, Mode mode)
    : pool_(pool), dataset_(std::move(dataset)), batch_size_(batch_size), mode_(mode) {
    for (model::Table const* const table : dataset_.tables) {
        if (belongs_to_seqs(*table)) inserts_.emplace(table->name, insert_statement(*table));
    }
}

// Rows come with the coverage of their seqs, so that in a gap there are none, unless a history of
// other content shares the tables. Then the server's answer tells, and nothing was written.
Written Writer::write(std::span<model::Block const> blocks, std::stop_token stop) {
    constexpr std::string_view kUniqueViolation = "23505";
    Group const group(dataset_, blocks, noted_tables(stop));
    if (mode_ == Mode::fill && !met_rows_) {
        try {
            return send(group, true, stop);
        } catch (pg::Error const& error) {
            if (error.sqlstate() != kUniqueViolation) throw;
            met_rows_ = true;
        }
    }
    return send(group, false, stop);
}

Written Writer::send(Group const& group, bool inserts, std::stop_token stop) {
    auto lease = pool_.acquire(stop);
    pg::Pipeline pipeline(*lease, stop);
    std::vector<Batch> batches;
    for (TableRows const& rows : group.tables) {
        add_batches(pipeline, rows, statement(rows.table(), inserts), batch_size_, batches);
    }
    if (mode_ == Mode::replace) {
        for (TableRows const& rows : group.tables) {
            if (belongs_to_seqs(rows.table())) prune(pipeline, group.noted.records, rows);
        }
    }
    pipeline.add(sql::store::settle_dead_letters, group.noted.records.settle_dead_letters());
    if (!group.letters.empty()) {
        pipeline.add(sql::store::bury_dead_letters, group.letters.parameters());
    }
    group.noted.add_to(pipeline);
    return summarize(batches, pipeline.commit());
}

// Asked once: a content stays what it is.
std::vector<std::string> const& Writer::noted_tables(std::stop_token stop) {
    std::lock_guard const lock(mutex_);
    if (noted_tables_) return *noted_tables_;
    pg::Array names(pg::ElementType::text);
    for (model::Table const* const table : dataset_.tables) {
        if (belongs_to_seqs(*table)) names.add_bytes(table->name);
    }
    auto const rows = pool_.acquire(stop)->execute(sql::store::find_noted_tables,
                                                   {dataset_.chain, dataset_.content, names}, stop);
    noted_tables_.emplace();
    for (int row = 0; row < rows.rows(); ++row) noted_tables_->emplace_back(rows.text(row, 0));
    return *noted_tables_;
}

std::string_view Writer::statement(model::Table const& table, bool inserts) const {
    auto const insert = inserts_.find(table.name);
    return inserts && insert != inserts_.end() ? insert->second : table.upsert;
}

// What was sent is held by nobody, so that a long range takes no more memory than a group. Coverage
// comes last, because other writers wait for it.
Written Writer::replace(Replacement const& what, Groups const& next, std::stop_token stop) {
    auto const& noted = noted_tables(stop);
    auto lease = pool_.acquire(stop);
    pg::Pipeline pipeline(*lease, stop);
    std::vector<Batch> batches;
    std::vector<Notes> groups;
    LetterColumns letters(dataset_);
    auto const cleared = clear(pipeline, what.gone);
    for (auto blocks = next(); !blocks.empty(); blocks = next()) {
        Group group(dataset_, blocks, noted);
        for (TableRows const& rows : group.tables) {
            add_batches(pipeline, rows, rows.table().upsert, batch_size_, batches);
        }
        for (model::Block const& block : blocks) letters.add(block.dead_letters);
        groups.push_back(std::move(group.noted));
    }
    if (!letters.empty()) pipeline.add(sql::store::bury_dead_letters, letters.parameters());
    cover(pipeline, what, groups);
    auto const results = pipeline.commit();
    return summarize(batches, std::span(results).subspan(cleared));
}

// Takes the rows of a range away, and its dead letters; how many statements that were. Who holds
// the same blocks is wrong as well, and must lose them before it is asked which rows others have.
std::size_t Writer::clear(pg::Pipeline& pipeline, base::SeqRange range) const {
    pg::Array first(pg::ElementType::int8);
    pg::Array last(pg::ElementType::int8);
    first.add_integer(static_cast<std::int64_t>(range.begin.value()));
    last.add_integer(static_cast<std::int64_t>(range.last().value()));
    pipeline.add(sql::store::disown_blocks, {dataset_.chain, dataset_.content, first, last});
    for (model::Table const* const table : dataset_.tables) {
        auto const keys = key_columns(*table);
        pipeline.add(belongs_to_seqs(*table) ? sql::store::erase_rows : sql::store::erase_states,
                     {dataset_.chain, dataset_.content, table->name, keys, first, last});
    }
    pg::Array const none(pg::ElementType::text);
    pg::Array const no_seqs(pg::ElementType::int8);
    pipeline.add(sql::store::settle_dead_letters,
                 {dataset_.chain, dataset_.content, first, last, no_seqs, none, none});
    return dataset_.tables.size() + 2;
}

void Writer::cover(pg::Pipeline& pipeline, Replacement const& what,
                   std::span<Notes const> groups) const {
    auto const over = [&](std::string_view statement, base::SeqRange range) {
        pipeline.add(statement,
                     {dataset_.chain, dataset_.content, text_of(range.begin), text_of(range.end)});
    };
    over(sql::store::uncover, what.gone);
    for (Notes const& group : groups) group.add_to(pipeline);
    if (!what.empty.empty()) {
        auto const height = what.height_before ? std::to_string(*what.height_before) : "";
        pipeline.add(sql::store::cover_absent,
                     {dataset_.chain, dataset_.content, text_of(what.empty.begin),
                      text_of(what.empty.end), text_of(what.before.seq), what.before.hash, height});
    }
    over(sql::store::expect_joined, what.joined);
}

void Writer::erase(std::span<base::SeqRange const> ranges, std::stop_token stop) {
    auto lease = pool_.acquire(stop);
    pg::Pipeline pipeline(*lease, stop);
    for (base::SeqRange const& range : ranges) {
        clear(pipeline, range);
        pipeline.add(sql::store::uncover,
                     {dataset_.chain, dataset_.content, text_of(range.begin), text_of(range.end)});
    }
    static_cast<void>(pipeline.commit());
}

std::vector<Difference> Writer::compare(std::span<model::Block const> group, std::stop_token stop) {
    auto const tables = collect(group);
    BlockRecords const records(dataset_, group, tables);
    return differences_in(
        pool_.acquire(stop)->execute(sql::store::compare_blocks, records.add_blocks(), stop));
}

std::vector<Difference> Writer::compare(std::string_view statement, base::SeqRange seqs,
                                        model::RowBatch const& rows, std::stop_token stop) {
    TableRows table(rows.table());
    table.add(rows);
    table.arrange();
    auto const columns = table.columns(0, table.size());
    auto const begin = text_of(seqs.begin);
    auto const end = text_of(seqs.end);
    std::vector<pg::Parameter> parameters{begin, end};
    parameters.insert(parameters.end(), columns.begin(), columns.end());
    return differences_in(pool_.acquire(stop)->execute(statement, parameters, stop));
}

std::vector<Difference> Writer::worse(std::span<model::Block const> blocks, std::stop_token stop) {
    if (mode_ != Mode::replace) return {};
    pg::Array seqs(pg::ElementType::int8);
    pg::Array hashes(pg::ElementType::text);
    pg::Array transactions(pg::ElementType::int8);
    pg::Array letters(pg::ElementType::int8);
    pg::Array row_counts(pg::ElementType::text);
    for (model::Block const& block : blocks) {
        if (block.witnesses > 1) continue;
        seqs.add_integer(static_cast<std::int64_t>(block.link.seq.value()));
        hashes.add_bytes(block.link.hash);
        transactions.add_integer(static_cast<std::int64_t>(block.transactions));
        letters.add_integer(static_cast<std::int64_t>(block.dead_letters.size()));
        row_counts.add_bytes(row_counts_of(block, dataset_));
    }
    return differences_in(pool_.acquire(stop)->execute(
        sql::store::find_worse,
        {dataset_.chain, dataset_.content, seqs, hashes, transactions, letters, row_counts}, stop));
}

void Writer::bury(std::span<model::DeadLetter const> letters, std::stop_token stop) {
    LetterColumns columns(dataset_);
    columns.add(letters);
    pool_.acquire(stop)->execute(sql::store::bury_dead_letters, columns.parameters(), stop);
}

}  // namespace indexer::store
