#include "tests/fault/fault_table.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/support/temp_database.hpp"

namespace indexer::test {
namespace {

class Table : public ::testing::Environment {
  public:
    void add(FaultOutcome outcome) { outcomes_.push_back(std::move(outcome)); }

    void TearDown() override {
        if (outcomes_.empty()) return;
        fmt::print(
            "\n| fault | what the run did | missing | duplicated | exit | message |\n"
            "| -- | -- | --: | --: | --: | -- |\n");
        for (FaultOutcome const& outcome : outcomes_) {
            fmt::print("| {} | {} | {} | {} | {} | {} |\n", outcome.fault, outcome.did,
                       outcome.missing, outcome.surplus, outcome.exit_code, outcome.message);
        }
    }

  private:
    std::vector<FaultOutcome> outcomes_;
};

// GoogleTest owns it.
Table& table() {
    static auto* const table = new Table;
    return *table;
}

[[maybe_unused]] auto const* const registered = ::testing::AddGlobalTestEnvironment(&table());

}  // namespace

std::vector<std::string> rows_of(std::string const& url) {
    std::vector<std::string> rows;
    for (auto const& table : query(url,
                                   "select table_name from information_schema.tables "
                                   "where table_schema = 'solana' and table_type = 'BASE TABLE'")) {
        auto const sql =
            fmt::format("set timezone to utc; select '{0}' || md5(t::text) from solana.{0} as t",
                        table.front());
        for (auto const& row : query(url, sql)) rows.push_back(row.front());
    }
    std::sort(rows.begin(), rows.end());
    return rows;
}

std::size_t not_in(std::vector<std::string> const& rows, std::vector<std::string> const& others) {
    std::vector<std::string> rest;
    std::set_difference(rows.begin(), rows.end(), others.begin(), others.end(),
                        std::back_inserter(rest));
    return rest.size();
}

void tabulate(FaultOutcome outcome) {
    table().add(std::move(outcome));
}

std::string complaint(std::string const& err) {
    constexpr std::string_view kPrefix = "indexer: ";
    auto at = err.rfind("\n" + std::string(kPrefix));
    if (at == std::string::npos && !err.starts_with(kPrefix)) return {};
    auto const begin = at == std::string::npos ? 0 : at + 1;
    auto const end = err.find('\n', begin);
    return err.substr(begin + kPrefix.size(),
                      end == std::string::npos ? end : end - begin - kPrefix.size());
}

}  // namespace indexer::test
