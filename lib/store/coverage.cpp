#include "store/coverage.hpp"

#include <utility>

#include "base/text.hpp"
#include "sql/statements.hpp"
#include "store/cells.hpp"

namespace indexer::store {
namespace {

Segment segment_at(pg::Result const& rows, int row) {
    return {.content = std::string(rows.text(row, 0)),
            .seqs = base::SeqRange::inclusive(seq_at(rows, row, 1), seq_at(rows, row, 2)),
            .left = {seq_at(rows, row, 3), std::string(rows.text(row, 4))},
            .right = {seq_at(rows, row, 5), std::string(rows.text(row, 6))},
            .blocks = count_at(rows, row, 7),
            .skipped = count_at(rows, row, 8),
            .transactions = count_at(rows, row, 9)};
}

HoleGroup hole_group_at(pg::Result const& rows, int row) {
    return {.content = std::string(rows.text(row, 0)),
            .reason = std::string(rows.text(row, 1)),
            .seqs = count_at(rows, row, 2),
            .span = base::SeqRange::inclusive(seq_at(rows, row, 3), seq_at(rows, row, 4)),
            .error = std::string(rows.text(row, 5))};
}

std::optional<std::int64_t> height_at(pg::Result const& rows, int row, int column) {
    if (rows.is_null(row, column)) return std::nullopt;
    return rows.integer(row, column);
}

}  // namespace

Coverage::Coverage(pg::Pool& pool, Dataset dataset, config::Repair repair)
    : pool_(pool), dataset_(std::move(dataset)), repair_(repair) {
}

std::vector<base::SeqRange> Coverage::gaps(base::SeqRange range, std::stop_token stop) {
    return ranges_in(ask(pool_, sql::store::find_gaps, dataset_, range, std::move(stop)));
}

std::vector<Gap> Coverage::explain(base::SeqRange range, std::stop_token stop) {
    return explain_gaps(pool_, dataset_, range, std::move(stop));
}

std::vector<model::Link> Coverage::compared_blocks(base::Seq last, std::stop_token stop) {
    auto const rows = pool_.acquire(stop)->execute(sql::store::compared_blocks,
                                                   {dataset_.chain, text_of(last)}, stop);
    std::vector<model::Link> blocks;
    for (int row = 0; row < rows.rows(); ++row) {
        blocks.push_back({seq_at(rows, row, 0), std::string(rows.text(row, 1))});
    }
    return blocks;
}

std::vector<Segment> Coverage::segments(std::stop_token stop) {
    auto const rows =
        pool_.acquire(stop)->execute(sql::store::list_segments, {dataset_.chain}, stop);
    std::vector<Segment> segments;
    for (int row = 0; row < rows.rows(); ++row) segments.push_back(segment_at(rows, row));
    return segments;
}

std::uint64_t Coverage::blocks(base::SeqRange range, std::stop_token stop) {
    return count_at(ask(pool_, sql::store::count_blocks, dataset_, range, std::move(stop)), 0, 0);
}

std::vector<Neighbour> Coverage::neighbours(base::Seq seq, std::stop_token stop) {
    auto const rows = pool_.acquire(stop)->execute(
        sql::store::find_neighbours, {dataset_.chain, dataset_.content, text_of(seq)}, stop);
    std::vector<Neighbour> neighbours;
    for (int row = 0; row < rows.rows(); ++row) {
        neighbours.push_back(
            {.link = {seq_at(rows, row, 0), std::string(rows.text(row, 1))},
             .parent = {seq_at(rows, row, 2), std::string(rows.text(row, 3))},
             .height = height_at(rows, row, 4),
             .segment = base::SeqRange::inclusive(seq_at(rows, row, 5), seq_at(rows, row, 6)),
             .blocks = count_at(rows, row, 7)});
    }
    return neighbours;
}

std::vector<Noted> Coverage::noted(base::SeqRange range, std::stop_token stop) {
    auto const rows = ask(pool_, sql::store::list_blocks, dataset_, range, std::move(stop));
    std::vector<Noted> blocks;
    for (int row = 0; row < rows.rows(); ++row) {
        blocks.push_back({.link = {seq_at(rows, row, 0), std::string(rows.text(row, 1))},
                          .parent = {seq_at(rows, row, 2), std::string(rows.text(row, 3))},
                          .height = height_at(rows, row, 4),
                          .segment = seq_at(rows, row, 5)});
    }
    return blocks;
}

void Coverage::add_absent(base::SeqRange seqs, model::Link const& before,
                          std::optional<std::int64_t> height, std::stop_token stop) {
    auto const begin = text_of(seqs.begin);
    auto const end = text_of(seqs.end);
    auto const parent = text_of(before.seq);
    auto const number = height ? std::to_string(*height) : std::string();
    pool_.acquire(stop)->execute(
        sql::store::cover_absent,
        {dataset_.chain, dataset_.content, begin, end, parent, before.hash, number}, stop);
}

std::vector<base::Seq> Coverage::cut_where_broken(base::SeqRange range, std::stop_token stop) {
    auto const rows = ask(pool_, sql::store::cut_where_broken, dataset_, range, std::move(stop));
    std::vector<base::Seq> seqs;
    for (int row = 0; row < rows.rows(); ++row) seqs.push_back(seq_at(rows, row, 0));
    return seqs;
}

void Coverage::record(std::span<Hole const> holes, std::stop_token stop) {
    pg::Array seqs(pg::ElementType::int8);
    pg::Array reasons(pg::ElementType::text);
    pg::Array errors(pg::ElementType::text);
    pg::Array endpoints(pg::ElementType::text);
    for (Hole const& hole : holes) {
        seqs.add_integer(static_cast<std::int64_t>(hole.seq.value()));
        reasons.add_bytes(hole.reason);
        errors.add_bytes(base::plain_text(hole.error));
        endpoints.add_bytes(hole.endpoint);
    }
    auto const least = seconds(repair_.hole_backoff);
    auto const most = seconds(repair_.max_hole_backoff);
    pool_.acquire(stop)->execute(
        sql::store::record_holes,
        {dataset_.chain, dataset_.content, seqs, reasons, errors, endpoints, least, most}, stop);
}

std::vector<HoleGroup> Coverage::holes(std::stop_token stop) {
    auto const rows = pool_.acquire(stop)->execute(sql::store::list_holes, {dataset_.chain}, stop);
    std::vector<HoleGroup> groups;
    for (int row = 0; row < rows.rows(); ++row) groups.push_back(hole_group_at(rows, row));
    return groups;
}

base::Doubts Coverage::doubts(base::SeqRange range, std::stop_token stop) {
    auto const rows = ask(pool_, sql::store::find_doubts, dataset_, range, std::move(stop));
    base::Doubts doubts;
    for (int row = 0; row < rows.rows(); ++row) {
        auto& seqs = doubts[std::string(rows.text(row, 0))];
        seqs.push_back({seq_at(rows, row, 1), seq_at(rows, row, 2)});
    }
    return doubts;
}

std::uint64_t Coverage::dead_letters(base::SeqRange range, std::stop_token stop) {
    return count_at(ask(pool_, sql::store::count_dead_letters, dataset_, range, std::move(stop)), 0,
                    0);
}

}  // namespace indexer::store
