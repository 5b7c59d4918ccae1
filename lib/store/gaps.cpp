#include "store/gaps.hpp"

#include "sql/statements.hpp"
#include "store/cells.hpp"

namespace indexer::store {
namespace {

Cause cause_at(pg::Result const& rows, int row) {
    return {.reason = std::string(rows.text(row, 2)),
            .seqs = count_at(rows, row, 3),
            .attempts = count_at(rows, row, 4),
            .next_try_at = std::string(rows.text(row, 5)),
            .error = std::string(rows.text(row, 6)),
            .endpoint = std::string(rows.text(row, 7))};
}

}  // namespace

std::vector<Extent> extents(pg::Connection& connection, std::string const& chain,
                            std::stop_token stop) {
    auto const rows = connection.execute(sql::store::list_extents, {chain}, std::move(stop));
    std::vector<Extent> extents;
    for (int row = 0; row < rows.rows(); ++row) {
        extents.push_back({std::string(rows.text(row, 0)),
                           base::SeqRange::inclusive(seq_at(rows, row, 1), seq_at(rows, row, 2))});
    }
    return extents;
}

std::vector<AbandonedPart> abandoned(pg::Pool& pool, std::string_view statement,
                                     Dataset const& dataset, std::stop_token stop) {
    auto const rows = pool.acquire(stop)->execute(statement, {dataset.content}, stop);
    std::vector<AbandonedPart> parts;
    for (int row = 0; row < rows.rows(); ++row) {
        parts.push_back({.seqs = {seq_at(rows, row, 0), seq_at(rows, row, 1)},
                         .parent = {seq_at(rows, row, 2), std::string(rows.text(row, 3))}});
    }
    return parts;
}

std::vector<Gap> explain_gaps(pg::Pool& pool, Dataset const& dataset, base::SeqRange range,
                              std::stop_token stop) {
    return gaps_in(ask(pool, sql::store::explain_gaps, dataset, range, std::move(stop)));
}

std::vector<Gap> gaps_in(pg::Result const& rows) {
    std::vector<Gap> gaps;
    for (int row = 0; row < rows.rows(); ++row) {
        base::SeqRange const seqs{seq_at(rows, row, 0), seq_at(rows, row, 1)};
        if (gaps.empty() || gaps.back().seqs != seqs) gaps.push_back({seqs, {}});
        if (!rows.is_null(row, 2)) gaps.back().causes.push_back(cause_at(rows, row));
    }
    return gaps;
}

std::vector<base::SeqRange> due_gaps(pg::Pool& pool, Dataset const& dataset, base::SeqRange range,
                                     std::stop_token stop) {
    return ranges_in(ask(pool, sql::store::find_due, dataset, range, std::move(stop)));
}

std::string next_try_at(pg::Pool& pool, Dataset const& dataset, base::SeqRange range,
                        std::stop_token stop) {
    return std::string(
        ask(pool, sql::store::next_try_at, dataset, range, std::move(stop)).text(0, 0));
}

std::vector<base::Seq> contradictions(pg::Pool& pool, Dataset const& dataset, base::SeqRange range,
                                      std::stop_token stop) {
    auto const rows = ask(pool, sql::store::find_contradictions, dataset, range, std::move(stop));
    std::vector<base::Seq> seqs;
    for (int row = 0; row < rows.rows(); ++row) seqs.push_back(seq_at(rows, row, 0));
    return seqs;
}

bool has_other_contents(pg::Pool& pool, Dataset const& dataset, base::SeqRange range,
                        std::stop_token stop) {
    return ask(pool, sql::store::has_other_contents, dataset, range, std::move(stop)).boolean(0, 0);
}

}  // namespace indexer::store
