#include "store/state_questions.hpp"

#include <string>
#include <utility>

#include "sql/statements.hpp"
#include "store/cells.hpp"
#include "store/state_notes.hpp"
#include "store/stored_rows.hpp"

namespace indexer::store {
namespace {

Findings findings_in(model::Table const& table, pg::Result const& rows) {
    Findings findings;
    for (int row = 0; row < rows.rows(); ++row) {
        findings.push_back(
            {std::string(table.name), seq_at(rows, row, 0), std::string(rows.text(row, 1))});
    }
    return findings;
}

}  // namespace

Question about_unknown_states(Dataset const& dataset, model::Table const& table,
                              base::SeqRange range) {
    return [&dataset, &table, range](pg::Connection& session, std::stop_token stop) {
        auto const begin = text_of(range.begin);
        auto const end = text_of(range.end);
        return findings_in(
            table, session.execute(sql::store::check_unknown_states,
                                   {dataset.chain, table.name, begin, end}, std::move(stop)));
    };
}

Question about_baseless_states(Dataset const& dataset, model::Table const& table,
                               base::SeqRange range) {
    return [&dataset, &table, range](pg::Connection& session, std::stop_token stop) {
        auto const begin = text_of(range.begin);
        auto const end = text_of(range.end);
        auto const keys = key_columns(table);
        return findings_in(
            table, session.execute(sql::store::check_baseless_states,
                                   {dataset.chain, table.name, keys, begin, end}, std::move(stop)));
    };
}

Question about_states(Dataset const& dataset, model::Table const& table, base::SeqRange range) {
    return [&dataset, &table, range](pg::Connection& session, std::stop_token stop) {
        auto const begin = text_of(range.begin);
        auto const end = text_of(range.end);
        auto const keys = key_columns(table);
        return findings_in(
            table, session.execute(sql::store::check_states,
                                   {dataset.chain, dataset.content, table.name, keys, begin, end},
                                   std::move(stop)));
    };
}

Question about_state_digests(Dataset const& dataset, model::Table const& table,
                             base::SeqRange range) {
    return [&dataset, &table, range](pg::Connection& session, std::stop_token stop) {
        auto const begin = text_of(range.begin);
        auto const end = text_of(range.end);
        auto const rows =
            session.execute(read_states_statement(table),
                            {dataset.chain, dataset.content, begin, end}, std::move(stop));
        auto const digests = row_digests(rows, table);
        Findings findings;
        for (int row = 0; row < rows.rows(); ++row) {
            if (digests[static_cast<std::size_t>(row)] ==
                static_cast<std::uint64_t>(rows.integer(row, 0))) {
                continue;
            }
            findings.push_back({std::string(table.name), seq_at(rows, row, 2),
                                "the state of " + std::string(rows.text(row, 1)) +
                                    " is not the one that was written"});
        }
        return findings;
    };
}

}  // namespace indexer::store
