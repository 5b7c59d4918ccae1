#include "store/block_view.hpp"

#include <algorithm>
#include <cstdint>

#include <fmt/format.h>

#include "pg/error.hpp"
#include "sql/statements.hpp"
#include "store/cells.hpp"
#include "store/snapshot.hpp"

namespace indexer::store {
namespace {

// Names that are not there, columns of other types: classes 42 and 22.
bool is_about_the_view(pg::Error const& error) {
    return error.sqlstate().starts_with("42") || error.sqlstate().starts_with("22");
}

}  // namespace

pg::Result BlockView::ask(std::string_view sql, std::vector<pg::Parameter> const& parameters,
                          std::stop_token stop) {
    try {
        return connection_.execute(sql, parameters, std::move(stop));
    } catch (pg::Error const& error) {
        if (!is_about_the_view(error)) throw;
        throw base::Error(base::Fault::usage, base::Recovery::never,
                          fmt::format("--view: {}: {}", name_, error.what()),
                          "it needs the columns seq bigint, hash text, parent_seq bigint and "
                          "parent_hash text; man indexer has an example");
    }
}

std::optional<base::SeqRange> BlockView::extent(std::stop_token stop) {
    auto const rows = ask(sql::store::view_extent, {name_}, std::move(stop));
    if (rows.is_null(0, 0)) return std::nullopt;
    return base::SeqRange::inclusive(seq_at(rows, 0, 0), seq_at(rows, 0, 1));
}

std::vector<Gap> BlockView::gaps(base::SeqRange range, std::stop_token stop) {
    auto const begin = text_of(range.begin);
    auto const end = text_of(range.end);
    return gaps_in(
        ask(sql::store::explain_view_gaps, {chain_, name_, begin, end}, std::move(stop)));
}

Verification BlockView::verify(base::SeqRange range, std::stop_token stop) {
    Verification result;
    Snapshot snapshot({&connection_, 1}, stop);
    judge(range, result, stop);
    certify(range, result.certificate, stop);
    snapshot.end(stop);
    auto& certificate = result.certificate;
    std::uint64_t missing = 0;
    for (base::SeqRange const& gap : result.gaps) missing += gap.size();
    certificate.skipped = range.size() - std::min(range.size(), missing + certificate.blocks);
    return result;
}

void BlockView::judge(base::SeqRange range, Verification& result, std::stop_token stop) {
    auto const begin = text_of(range.begin);
    auto const end = text_of(range.end);
    auto const rows = ask(sql::store::judge_view, {name_, begin, end}, std::move(stop));
    for (int row = 0; row < rows.rows(); ++row) {
        bool const is_gap = rows.boolean(row, 2);
        auto const first = seq_at(rows, row, 0);
        if (is_gap) result.gaps.push_back({first, seq_at(rows, row, 1)});
        result.findings.push_back(
            {is_gap ? "gap" : "links", first, std::string(rows.text(row, 3))});
    }
}

void BlockView::certify(base::SeqRange range, Certificate& certificate, std::stop_token stop) {
    auto const begin = text_of(range.begin);
    auto const end = text_of(range.end);
    auto const rows = ask(sql::store::certify_view, {name_, begin, end}, std::move(stop));
    certificate.seqs = range;
    certificate.blocks = count_at(rows, 0, 0);
    certificate.transactions = count_at(rows, 0, 1);
    certificate.first = link_at(rows, 2);
    certificate.last = link_at(rows, 4);
    certificate.at = rows.text(0, 6);
    certificate.checked = "links, and numbers of transactions where the view has them";
}

}  // namespace indexer::store
