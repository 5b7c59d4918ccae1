#include "store/verifier.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "sql/statements.hpp"
#include "store/cells.hpp"
#include "store/state_questions.hpp"

namespace indexer::store {
namespace {

// Transactions looked at by one statement. Deep ones bring their rows over, so that this bounds
// memory to some tens of megabytes; the others must end within the statement timeout, and be enough
// for each session to have its share.
constexpr std::string_view kPerStatement = "250000";
constexpr std::string_view kPerDeepStatement = "5000";
constexpr std::size_t kDeepAtOnce = 1'000;  // questions kept in memory

constexpr std::string_view kChecks = "links, segments, keys, order, numbers of rows";
constexpr std::string_view kDeepChecks =
    "links, segments, keys, order, numbers of rows, every row by its digest";

}  // namespace

Verifier::Verifier(Snapshot& snapshot, Dataset dataset, std::span<model::Table const* const> tables,
                   std::span<model::Check const> checks)
    : snapshot_(snapshot), dataset_(std::move(dataset)), all_tables_(tables), checks_(checks) {
}

Verification Verifier::run(base::SeqRange range, bool deep, std::stop_token stop) {
    result_ = {};
    result_.deep = deep;
    result_.certificate.seqs = range;
    result_.certificate.checked = deep ? kDeepChecks : kChecks;
    find_tables(range, stop);
    result_.findings = answers(questions(range, stop), stop);
    if (deep) check_digests(range, stop);
    std::uint64_t missing = 0;
    for (base::SeqRange const& gap : result_.gaps) missing += gap.size();
    result_.certificate.skipped = range.size() - missing - result_.certificate.blocks;
    return std::move(result_);
}

void Verifier::find_tables(base::SeqRange range, std::stop_token stop) {
    auto const rows = snapshot_.session().execute(sql::store::list_content_tables,
                                                  {dataset_.chain, dataset_.content}, stop);
    tables_.clear();
    state_tables_.clear();
    states_.clear();
    for (int row = 0; row < rows.rows(); ++row) {
        auto const table = std::find_if(all_tables_.begin(), all_tables_.end(), [&](auto known) {
            return known->name == rows.text(row, 0);
        });
        bool const is_known = table != all_tables_.end();
        bool const is_of_states = is_known && (*table)->read.empty();
        if (is_of_states) state_tables_.push_back(*table);
        if (is_known && !is_of_states) {
            tables_.push_back(*table);
        } else if (is_of_states && result_.deep && notes_states(**table, range, stop)) {
            states_.push_back(*table);
            result_.certificate.states.emplace_back(rows.text(row, 0));
        } else {
            result_.certificate.unchecked.emplace_back(rows.text(row, 0));
        }
    }
}

bool Verifier::notes_states(model::Table const& table, base::SeqRange range, std::stop_token stop) {
    auto const begin = text_of(range.begin);
    auto const end = text_of(range.end);
    auto const rows = snapshot_.session().execute(
        sql::store::count_blocks_without_states,
        {dataset_.chain, dataset_.content, table.name, begin, end}, std::move(stop));
    return count_at(rows, 0, 0) == 0;
}

std::vector<base::SeqRange> Verifier::windows(base::SeqRange range, std::string_view transactions,
                                              std::stop_token stop) {
    auto const begin = text_of(range.begin);
    auto const end = text_of(range.end);
    auto const rows = snapshot_.session().execute(
        sql::store::cut_windows, {dataset_.chain, dataset_.content, begin, end, transactions},
        std::move(stop));
    std::vector<base::SeqRange> windows{range};
    for (int row = 1; row < rows.rows(); ++row) {
        windows.back().end = seq_at(rows, row, 0);
        windows.push_back({windows.back().end, range.end});
    }
    return windows;
}

// Those about the whole range take longest and come first.
std::vector<Question> Verifier::questions(base::SeqRange range, std::stop_token stop) {
    std::vector<Question> all{rows_written(range), about_segments(dataset_, range),
                              certificate(range),  gaps(range),
                              about_keys(tables_), about_dead_letters(dataset_, range)};
    for (model::Table const* const table : state_tables_) {
        all.push_back(about_unknown_states(dataset_, *table, range));
    }
    for (model::Table const* const table : states_) {
        all.push_back(about_baseless_states(dataset_, *table, range));
    }
    for (base::SeqRange const& window : windows(range, kPerStatement, std::move(stop))) {
        all.push_back(about_links(dataset_, window));
        all.push_back(about_contents(dataset_, window));
        for (model::Table const* const table : tables_) {
            all.push_back(about_numbers(dataset_, *table, window));
            if (table->transaction_name.empty()) continue;
            all.push_back(about_order(dataset_, *table, window));
        }
        for (model::Check const check : checks_) {
            all.push_back(about_check(dataset_, check, window));
        }
    }
    return all;
}

// Rows that are missing or out of order have other digests, too: that says nothing new.
void Verifier::check_digests(base::SeqRange range, std::stop_token stop) {
    std::set<std::pair<std::string, base::Seq>> known;
    for (Finding const& finding : result_.findings) known.emplace(finding.where, finding.seq);
    std::vector<Question> questions;
    auto const ask_them = [&] {
        for (Finding& finding : answers(std::exchange(questions, {}), stop)) {
            if (known.contains({finding.where, finding.seq})) continue;
            result_.findings.push_back(std::move(finding));
        }
    };
    for (base::SeqRange const& window : windows(range, kPerDeepStatement, stop)) {
        for (model::Table const* const table : tables_) {
            questions.push_back(about_digests(dataset_, *table, window));
            questions.push_back(about_unclaimed(dataset_, *table, window));
        }
        for (model::Table const* const table : states_) {
            questions.push_back(about_states(dataset_, *table, window));
            questions.push_back(about_state_digests(dataset_, *table, window));
        }
        if (questions.size() >= kDeepAtOnce) ask_them();
    }
    ask_them();
}

Question Verifier::gaps(base::SeqRange range) {
    return [this, range](pg::Connection& session, std::stop_token stop) {
        result_.gaps =
            ranges_in(ask(session, sql::store::find_gaps, dataset_, range, std::move(stop)));
        return Findings{};
    };
}

Question Verifier::certificate(base::SeqRange range) {
    return [this, range](pg::Connection& session, std::stop_token stop) {
        auto const rows = ask(session, sql::store::certify, dataset_, range, std::move(stop));
        Certificate& certificate = result_.certificate;
        certificate.blocks = count_at(rows, 0, 0);
        certificate.transactions = count_at(rows, 0, 1);
        certificate.first = link_at(rows, 2);
        certificate.last = link_at(rows, 4);
        certificate.without_digests = count_at(rows, 0, 6);
        certificate.shared = count_at(rows, 0, 7);
        certificate.decoder_versions = rows.text(0, 8);
        certificate.witnessed = count_at(rows, 0, 9);
        certificate.at = rows.text(0, 10);
        return Findings{};
    };
}

Question Verifier::rows_written(base::SeqRange range) {
    return [this, range](pg::Connection& session, std::stop_token stop) {
        auto const rows = ask(session, sql::store::count_written, dataset_, range, std::move(stop));
        auto const is_listed = [this](std::string_view name) {
            return std::any_of(tables_.begin(), tables_.end(),
                               [&](auto table) { return table->name == name; });
        };
        for (int row = 0; row < rows.rows(); ++row) {
            std::string name(rows.text(row, 0));
            if (!is_listed(name)) continue;
            result_.certificate.rows.emplace_back(std::move(name), count_at(rows, row, 1));
        }
        return Findings{};
    };
}

// In the order of the questions, whatever the order in which they were answered.
Findings Verifier::answers(std::vector<Question> const& questions, std::stop_token stop) {
    std::vector<Findings> found(questions.size());
    snapshot_.share_out(
        questions.size(),
        [&](std::size_t number, pg::Connection& session, std::stop_token ended) {
            found[number] = questions[number](session, std::move(ended));
        },
        std::move(stop));
    Findings all;
    for (Findings& findings : found) {
        std::move(findings.begin(), findings.end(), std::back_inserter(all));
    }
    return all;
}

}  // namespace indexer::store
