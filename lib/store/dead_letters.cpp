#include "store/dead_letters.hpp"

#include <utility>

#include "sql/statements.hpp"
#include "store/cells.hpp"

namespace indexer::store {
namespace {

KeptLetter letter_at(pg::Result const& rows, int row) {
    return {.id = rows.integer(row, 0),
            .content = std::string(rows.text(row, 1)),
            .seq = seq_at(rows, row, 2),
            .path = std::string(rows.text(row, 3)),
            .stage = std::string(rows.text(row, 4)),
            .error = std::string(rows.text(row, 5)),
            .endpoint = std::string(rows.text(row, 6)),
            .decoder_version = static_cast<int>(rows.integer(row, 7)),
            .bytes = count_at(rows, row, 8),
            .created_at = std::string(rows.text(row, 9)),
            .raw = {}};
}

}  // namespace

std::vector<KeptLetter> list_dead_letters(pg::Pool& pool, Dataset const& dataset,
                                          base::SeqRange range, std::stop_token stop) {
    auto const rows = ask(pool, sql::store::list_dead_letters, dataset, range, std::move(stop));
    std::vector<KeptLetter> letters;
    for (int row = 0; row < rows.rows(); ++row) letters.push_back(letter_at(rows, row));
    return letters;
}

std::optional<KeptLetter> read_dead_letter(pg::Pool& pool, std::string const& chain,
                                           std::int64_t id, std::stop_token stop) {
    auto const number = std::to_string(id);
    auto const rows =
        pool.acquire(stop)->execute(sql::store::read_dead_letter, {chain, number}, stop);
    if (rows.rows() == 0) return std::nullopt;
    auto letter = letter_at(rows, 0);
    letter.raw = bytes_of_hex(rows.text(0, 10));
    return letter;
}

std::vector<base::Seq> due_letters(pg::Pool& pool, Dataset const& dataset, base::SeqRange range,
                                   std::chrono::milliseconds first_wait,
                                   std::chrono::milliseconds longest_wait, std::stop_token stop) {
    auto const begin = text_of(range.begin);
    auto const end = text_of(range.end);
    auto const first = seconds(first_wait);
    auto const longest = seconds(longest_wait);
    auto const rows = pool.acquire(stop)->execute(
        sql::store::find_due_letters, {dataset.chain, dataset.content, begin, end, first, longest},
        stop);
    std::vector<base::Seq> seqs;
    for (int row = 0; row < rows.rows(); ++row) seqs.push_back(seq_at(rows, row, 0));
    return seqs;
}

void count_attempt(pg::Pool& pool, Dataset const& dataset, base::Seq seq, std::stop_token stop) {
    auto const place = text_of(seq);
    pool.acquire(stop)->execute(sql::store::count_attempt, {dataset.chain, dataset.content, place},
                                stop);
}

std::vector<std::uint64_t> row_counts(pg::Pool& pool, Dataset const& dataset, base::Seq seq,
                                      std::stop_token stop) {
    pg::Array tables(pg::ElementType::text);
    for (model::Table const* const table : dataset.tables) tables.add_bytes(table->name);
    auto const place = text_of(seq);
    auto const version = std::to_string(dataset.decoder_version);
    auto const rows =
        pool.acquire(stop)->execute(sql::store::read_row_counts,
                                    {dataset.chain, dataset.content, place, version, tables}, stop);
    std::vector<std::uint64_t> counts;
    for (int row = 0; row < rows.rows(); ++row) counts.push_back(count_at(rows, row, 0));
    return counts;
}

}  // namespace indexer::store
