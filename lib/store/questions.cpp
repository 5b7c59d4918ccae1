#include "store/questions.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "sql/statements.hpp"
#include "store/cells.hpp"
#include "store/stored_rows.hpp"

namespace indexer::store {
namespace {

std::string_view seq_column(model::Table const& table) noexcept {
    return table.columns.front().name;
}

// Rows of a seq and of what is wrong there.
Findings findings_in(std::string_view where, pg::Result const& rows) {
    Findings findings;
    for (int row = 0; row < rows.rows(); ++row) {
        findings.push_back(
            {std::string(where), seq_at(rows, row, 0), std::string(rows.text(row, 1))});
    }
    return findings;
}

std::vector<std::string> words_in(std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty()) {
        words.emplace_back(text.substr(0, text.find(',')));
        text.remove_prefix(std::min(words.back().size() + 1, text.size()));
    }
    return words;
}

// What of the table's rows is the dataset's.
RowPart part_of(pg::Connection& session, Dataset const& dataset, model::Table const& table,
                base::SeqRange range, std::stop_token stop) {
    auto const begin = text_of(range.begin);
    auto const end = text_of(range.end);
    auto const told = session.execute(
        sql::store::tell_apart, {dataset.chain, dataset.content, table.name, begin, end}, stop);
    RowPart part{.keys = std::nullopt, .left_out = words_in(told.text(0, 1))};
    if (!told.boolean(0, 0)) return part;
    auto const columns = key_columns(table);
    auto const rows = session.execute(
        sql::store::list_member_keys,
        {dataset.chain, dataset.content, table.name, columns, begin, end}, std::move(stop));
    part.keys.emplace();
    for (int row = 0; row < rows.rows(); ++row) part.keys->emplace(rows.text(row, 0));
    return part;
}

}  // namespace

Question about_dead_letters(Dataset const& dataset, base::SeqRange range) {
    return [&dataset, range](pg::Connection& session, std::stop_token stop) {
        return findings_in(kDeadLetter, ask(session, sql::store::find_dead_letters, dataset, range,
                                            std::move(stop)));
    };
}

Question about_segments(Dataset const& dataset, base::SeqRange range) {
    return [&dataset, range](pg::Connection& session, std::stop_token stop) {
        return findings_in(
            "segments", ask(session, sql::store::check_segments, dataset, range, std::move(stop)));
    };
}

Question about_keys(std::span<model::Table const* const> tables) {
    return [tables](pg::Connection& session, std::stop_token stop) {
        pg::Array names(pg::ElementType::text);
        for (model::Table const* const table : tables) names.add_bytes(table->name);
        auto const rows = session.execute(sql::store::check_keys, {names}, std::move(stop));
        Findings findings;
        for (int row = 0; row < rows.rows(); ++row) {
            findings.push_back(
                {std::string(rows.text(row, 0)), {}, std::string(rows.text(row, 1))});
        }
        return findings;
    };
}

Question about_links(Dataset const& dataset, base::SeqRange range) {
    return [&dataset, range](pg::Connection& session, std::stop_token stop) {
        return findings_in("links",
                           ask(session, sql::store::check_links, dataset, range, std::move(stop)));
    };
}

Question about_numbers(Dataset const& dataset, model::Table const& table, base::SeqRange range) {
    return [&dataset, &table, range](pg::Connection& session, std::stop_token stop) {
        auto const begin = text_of(range.begin);
        auto const end = text_of(range.end);
        return findings_in(table.name, session.execute(sql::store::check_counts,
                                                       {dataset.chain, dataset.content, table.name,
                                                        seq_column(table), begin, end},
                                                       std::move(stop)));
    };
}

Question about_order(Dataset const& dataset, model::Table const& table, base::SeqRange range) {
    return [&dataset, &table, range](pg::Connection& session, std::stop_token stop) {
        auto const begin = text_of(range.begin);
        auto const end = text_of(range.end);
        auto const keys = key_columns(table);
        return findings_in(table.name, session.execute(sql::store::check_order,
                                                       {dataset.chain, dataset.content, table.name,
                                                        keys, table.transaction_name, begin, end},
                                                       std::move(stop)));
    };
}

// It names the table at the start of what it says.
Question about_check(Dataset const& dataset, model::Check check, base::SeqRange range) {
    return [&dataset, check, range](pg::Connection& session, std::stop_token stop) {
        auto const begin = text_of(range.begin);
        auto const end = text_of(range.end);
        auto findings =
            findings_in({}, session.execute(check, {dataset.content, begin, end}, std::move(stop)));
        for (Finding& finding : findings) {
            auto const colon = finding.what.find(": ");
            finding.where = finding.what.substr(0, colon);
            finding.what.erase(0, colon + 2);
        }
        return findings;
    };
}

Question about_contents(Dataset const& dataset, base::SeqRange range) {
    return [&dataset, range](pg::Connection& session, std::stop_token stop) {
        return findings_in(
            "contents", ask(session, sql::store::check_contents, dataset, range, std::move(stop)));
    };
}

Question about_unclaimed(Dataset const& dataset, model::Table const& table, base::SeqRange range) {
    return [&dataset, &table, range](pg::Connection& session, std::stop_token stop) {
        auto const begin = text_of(range.begin);
        auto const end = text_of(range.end);
        auto const keys = key_columns(table);
        return findings_in(table.name, session.execute(sql::store::find_unclaimed,
                                                       {dataset.chain, dataset.content, table.name,
                                                        keys, begin, end},
                                                       std::move(stop)));
    };
}

Question about_digests(Dataset const& dataset, model::Table const& table, base::SeqRange range) {
    return [&dataset, &table, range](pg::Connection& session, std::stop_token stop) {
        auto const begin = text_of(range.begin);
        auto const end = text_of(range.end);
        auto const part = part_of(session, dataset, table, range, stop);
        auto stored = digests_of(session.execute(table.read, {begin, end}, stop), table, part);
        auto const noted = session.execute(sql::store::list_digests,
                                           {dataset.chain, dataset.content, begin, end, table.name},
                                           std::move(stop));
        Findings findings;
        for (int row = 0; row < noted.rows(); ++row) {
            auto const seq = seq_at(noted, row, 0);
            if (stored[seq] == static_cast<std::uint64_t>(noted.integer(row, 1))) continue;
            findings.push_back(
                {std::string(table.name), seq, "the rows are not those that were written"});
        }
        return findings;
    };
}

}  // namespace indexer::store
