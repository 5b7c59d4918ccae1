#include "store/block_records.hpp"

#include <fmt/format.h>

#include "store/row_digest.hpp"
#include "store/sha256.hpp"

namespace indexer::store {
namespace {

void add_seq(pg::Array& array, base::Seq seq) {
    array.add_integer(static_cast<std::int64_t>(seq.value()));
}

// The column that names the transaction; none where a row is something else.
model::Column const* names_of(model::RowBatch const& rows) {
    auto const name = rows.table().transaction_name;
    if (name.empty()) return nullptr;
    std::size_t column = 0;
    while (rows.table().columns[column].name != name) ++column;
    return &rows.column(column);
}

}  // namespace

BlockRecords::BlockRecords(Dataset const& dataset, std::span<model::Block const> group,
                           std::span<TableRows const> tables)
    : dataset_(&dataset), decoder_version_(std::to_string(dataset.decoder_version)) {
    for (model::Table const* const table : dataset.tables) tables_.add_bytes(table->name);
    auto const sums = sums_of(tables);
    for (model::Block const& block : group) {
        add(block);
        add_sums(block, sums);
    }
}

BlockRecords::Sum::Sum(model::RowBatch const& batch)
    : digests(digests_of(batch)), names(names_of(batch)) {
}

void BlockRecords::Sum::add(std::size_t row) {
    ++rows;
    digest += digests[row];
    if (names != nullptr) order += names->bytes(row);
}

// Of the rows that are written: where a key is there twice, one of them.
BlockRecords::Sums BlockRecords::sums_of(std::span<TableRows const> tables) {
    Sums sums;
    for (TableRows const& table : tables) {
        model::RowBatch const* current = nullptr;
        Sum* sum = nullptr;
        table.for_each([&](model::RowBatch const& rows, std::size_t row) {
            if (current != &rows) {
                current = &rows;
                sum = &sums.try_emplace(&rows, rows).first->second;
            }
            sum->add(row);
        });
    }
    return sums;
}

void BlockRecords::add(model::Block const& block) {
    add_seq(seqs_, block.link.seq);
    hashes_.add_bytes(block.link.hash);
    add_seq(parent_seqs_, block.parent.seq);
    parent_hashes_.add_bytes(block.parent.hash);
    block.height ? heights_.add_integer(*block.height) : heights_.add_null();
    transactions_.add_integer(static_cast<std::int64_t>(block.transactions));
    for (model::DeadLetter const& letter : block.dead_letters) {
        add_seq(letter_seqs_, letter.seq);
        letter_paths_.add_bytes(letter.path);
        letter_stages_.add_bytes(letter.stage);
    }
}

void BlockRecords::add_sums(model::Block const& block, Sums const& sums) {
    std::vector<std::uint64_t> counts;
    std::vector<std::int64_t> digests;
    bool names_transactions = false;
    std::string order;
    for (model::Table const* const table : dataset_->tables) {
        auto const found = sums.find(model::rows_of(block.rows, *table));
        auto const* const sum = found == sums.end() ? nullptr : &found->second;
        counts.push_back(sum == nullptr ? 0 : sum->rows);
        digests.push_back(sum == nullptr ? 0 : static_cast<std::int64_t>(sum->digest));
        if (sum != nullptr) order += sum->order;
        names_transactions = names_transactions || !table->transaction_name.empty();
    }
    row_counts_.add_bytes(fmt::format("{{{}}}", fmt::join(counts, ",")));
    row_digests_.add_bytes(fmt::format("{{{}}}", fmt::join(digests, ",")));
    names_transactions ? order_digests_.add_bytes(sha256(order)) : order_digests_.add_null();
}

BlockRecords::Parameters BlockRecords::add_blocks() const {
    return {dataset_->chain, dataset_->content, tables_,        decoder_version_, seqs_,
            hashes_,         parent_seqs_,      parent_hashes_, heights_,         transactions_,
            row_counts_,     row_digests_,      order_digests_};
}

BlockRecords::Parameters BlockRecords::settle_dead_letters() const {
    return {dataset_->chain, dataset_->content, seqs_,         seqs_,
            letter_seqs_,    letter_paths_,     letter_stages_};
}

BlockRecords::Parameters BlockRecords::prune(model::Table const& table,
                                             pg::Array const& key_columns,
                                             pg::Array const& kept) const {
    return {dataset_->chain, dataset_->content, table.name, key_columns, seqs_, seqs_, kept};
}

}  // namespace indexer::store
