#include "tests/fault/fault_table.hpp"

#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

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
