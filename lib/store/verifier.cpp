#include "store/verifier.hpp"

#include <algorithm>

#include "sql/statements.hpp"
#include "store/cells.hpp"
#include "store/stored_rows.hpp"

namespace indexer::store {
namespace {

// Transactions looked at by one statement. Deep ones bring their rows over, so that this bounds
// memory to some tens of megabytes; the others must end within the statement timeout.
constexpr std::string_view kPerStatement = "500000";
constexpr std::string_view kPerDeepStatement = "20000";

constexpr std::string_view kChecks = "links, segments, keys, order, numbers of rows";
constexpr std::string_view kDeepChecks =
    "links, segments, keys, order, numbers of rows, every row by its digest";

std::string_view seq_column(model::Table const& table) noexcept {
    return table.columns.front().name;
}

}  // namespace

Verifier::Verifier(pg::Connection& connection, Dataset dataset,
                   std::span<model::Table const* const> tables,
                   std::span<model::Check const> checks)
    : connection_(connection), dataset_(std::move(dataset)), all_tables_(tables), checks_(checks) {
}

Verification Verifier::run(base::SeqRange range, bool deep, std::stop_token stop) {
    result_ = {};
    result_.deep = deep;
    wrong_.clear();
    connection_.execute_script(sql::store::begin_snapshot, stop);
    find_tables(stop);
    check_whole(range, stop);
    for (base::SeqRange const& window : windows(range, false, stop)) check_window(window, stop);
    if (deep) {
        for (base::SeqRange const& window : windows(range, true, stop)) {
            for (model::Table const* const table : tables_) check_digests(*table, window, stop);
        }
    }
    certify(range, stop);
    connection_.execute_script("commit", stop);
    return std::move(result_);
}

pg::Result Verifier::ask(std::string_view sql, base::SeqRange range, std::stop_token stop,
                         std::string_view fifth) {
    auto const begin = text_of(range.begin);
    auto const end = text_of(range.end);
    std::vector<pg::Parameter> parameters{dataset_.chain, dataset_.content, begin, end};
    if (!fifth.empty()) parameters.emplace_back(fifth);
    return connection_.execute(sql, parameters, std::move(stop));
}

std::vector<base::SeqRange> Verifier::windows(base::SeqRange range, bool deep,
                                              std::stop_token stop) {
    auto const rows = ask(sql::store::cut_windows, range, std::move(stop),
                          deep ? kPerDeepStatement : kPerStatement);
    std::vector<base::SeqRange> windows{range};
    for (int row = 1; row < rows.rows(); ++row) {
        windows.back().end = seq_at(rows, row, 0);
        windows.push_back({windows.back().end, range.end});
    }
    return windows;
}

void Verifier::find_tables(std::stop_token stop) {
    auto const rows = connection_.execute(sql::store::list_content_tables,
                                          {dataset_.chain, dataset_.content}, std::move(stop));
    tables_.clear();
    for (int row = 0; row < rows.rows(); ++row) {
        auto const table = std::find_if(all_tables_.begin(), all_tables_.end(), [&](auto known) {
            return known->name == rows.text(row, 0) && !known->read.empty();
        });
        if (table != all_tables_.end()) {
            tables_.push_back(*table);
        } else {
            result_.certificate.unchecked.emplace_back(rows.text(row, 0));
        }
    }
}

void Verifier::check_whole(base::SeqRange range, std::stop_token stop) {
    result_.gaps = ranges_in(ask(sql::store::find_gaps, range, stop));
    add("segments", ask(sql::store::check_segments, range, stop));
    pg::Array names(pg::ElementType::text);
    for (model::Table const* const table : tables_) names.add_bytes(table->name);
    auto const keys = connection_.execute(sql::store::check_keys, {names}, stop);
    for (int row = 0; row < keys.rows(); ++row) {
        result_.findings.push_back(
            {std::string(keys.text(row, 0)), {}, std::string(keys.text(row, 1))});
    }
}

void Verifier::check_window(base::SeqRange window, std::stop_token stop) {
    add("links", ask(sql::store::check_links, window, stop));
    for (model::Table const* const table : tables_) check_table(*table, window, stop);
    auto const begin = text_of(window.begin);
    auto const end = text_of(window.end);
    for (model::Check const check : checks_) {
        add({}, connection_.execute(check, {dataset_.content, begin, end}, stop));
    }
}

void Verifier::check_table(model::Table const& table, base::SeqRange window, std::stop_token stop) {
    auto const begin = text_of(window.begin);
    auto const end = text_of(window.end);
    add(table.name,
        connection_.execute(
            sql::store::check_counts,
            {dataset_.chain, dataset_.content, table.name, seq_column(table), begin, end}, stop));
    if (table.transaction_name.empty()) return;
    auto const keys = key_columns(table);
    add(table.name, connection_.execute(sql::store::check_order,
                                        {dataset_.chain, dataset_.content, table.name, keys,
                                         table.transaction_name, begin, end},
                                        stop));
}

void Verifier::check_digests(model::Table const& table, base::SeqRange window,
                             std::stop_token stop) {
    auto const begin = text_of(window.begin);
    auto const end = text_of(window.end);
    auto digests = digests_of(connection_.execute(table.read, {begin, end}, stop), table);
    auto const noted = ask(sql::store::list_digests, window, stop, table.name);
    for (int row = 0; row < noted.rows(); ++row) {
        auto const seq = seq_at(noted, row, 0);
        bool const same = digests[seq] == static_cast<std::uint64_t>(noted.integer(row, 1));
        std::string const where(table.name);
        if (same || wrong_.contains({where, seq})) continue;
        result_.findings.push_back({where, seq, "the rows are not those that were written"});
    }
}

void Verifier::certify(base::SeqRange range, std::stop_token stop) {
    auto const rows = ask(sql::store::certify, range, stop);
    Certificate& certificate = result_.certificate;
    certificate.seqs = range;
    certificate.blocks = count_at(rows, 0, 0);
    certificate.transactions = count_at(rows, 0, 1);
    certificate.first = link_at(rows, 2);
    certificate.last = link_at(rows, 4);
    certificate.without_digests = count_at(rows, 0, 6);
    certificate.shared = count_at(rows, 0, 7);
    certificate.decoder_versions = rows.text(0, 8);
    certificate.at = rows.text(0, 9);
    certificate.checked = result_.deep ? kDeepChecks : kChecks;
    std::uint64_t missing = 0;
    for (base::SeqRange const& gap : result_.gaps) missing += gap.size();
    certificate.skipped = range.size() - missing - certificate.blocks;
    auto const written = ask(sql::store::count_written, range, stop);
    for (int row = 0; row < written.rows(); ++row) {
        std::string name(written.text(row, 0));
        auto const& unchecked = certificate.unchecked;
        if (std::find(unchecked.begin(), unchecked.end(), name) != unchecked.end()) continue;
        certificate.rows.emplace_back(std::move(name), count_at(written, row, 1));
    }
}

// A chain's own checks name the table at the start of what they say.
void Verifier::add(std::string_view where, pg::Result const& rows) {
    for (int row = 0; row < rows.rows(); ++row) {
        Finding finding{std::string(where), seq_at(rows, row, 0), std::string(rows.text(row, 1))};
        if (where.empty()) {
            auto const colon = finding.what.find(": ");
            finding.where = finding.what.substr(0, colon);
            finding.what.erase(0, colon + 2);
        }
        wrong_.emplace(finding.where, finding.seq);
        result_.findings.push_back(std::move(finding));
    }
}

}  // namespace indexer::store
