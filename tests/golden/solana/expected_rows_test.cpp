#include <algorithm>
#include <iostream>
#include <iterator>
#include <set>
#include <sstream>
#include <string>

#include <gtest/gtest.h>
#include <simdjson.h>

#include "solana/block_decoder.hpp"
#include "tests/golden/solana/recorded_answers.hpp"
#include "tests/support/rows_text.hpp"
#include "tests/support/shared_data.hpp"

// Every transfer and swap that others found in genuine transactions, and none beside them.
namespace indexer::solana {
namespace {

namespace dom = simdjson::dom;
using Lines = std::multiset<std::string>;

// Rows of a table as lines of the columns named.
class Rows {
  public:
    explicit Rows(model::RowBatch const& batch) : batch_(batch) {}

    [[nodiscard]] std::size_t size() const { return batch_.rows(); }
    [[nodiscard]] std::string cell(std::string_view name, std::size_t row) const {
        auto const& columns = batch_.table().columns;
        auto const column = std::find_if(columns.begin(), columns.end(),
                                         [&](auto const& spec) { return spec.name == name; });
        return test::cell_text(batch_.column(static_cast<std::size_t>(column - columns.begin())),
                               row);
    }
    [[nodiscard]] std::string line(std::initializer_list<std::string_view> names,
                                   std::size_t row) const {
        std::string text;
        for (auto const name : names) text += cell(name, row) + ' ';
        return text;
    }

  private:
    model::RowBatch const& batch_;
};

std::string text_of(dom::element row, std::string_view key) {
    dom::element value;
    if (row[key].get(value) != simdjson::SUCCESS || value.is_null()) return "NULL";
    return value.is_string() ? std::string(std::string_view(value)) : simdjson::to_string(value);
}

std::string inner_of(dom::element row) {
    auto const inner = text_of(row, "inner");
    return inner == "NULL" ? "-1" : inner;
}

std::string line_of(dom::element row, std::initializer_list<std::string_view> keys) {
    std::string text =
        text_of(row, "signature") + ' ' + text_of(row, "ix") + ' ' + inner_of(row) + ' ';
    for (auto const key : keys) text += text_of(row, key) + ' ';
    return text;
}

Lines read_expected(std::string const& file, std::string (*line)(dom::element)) {
    Lines lines;
    dom::parser parser;
    std::istringstream text(test::read_file(test::shared_data() / "solana/expected" / file));
    for (std::string row; std::getline(text, row);) {
        // What follows repeats the event, with numbers of 128 bits, which the parser refuses.
        auto const tail = row.find(", \"event\"");
        if (tail != std::string::npos) row.erase(tail).push_back('}');
        lines.insert(line(parser.parse(row)));
    }
    return lines;
}

std::string program_name(std::string const& address) {
    return address.starts_with("Tokenz") ? "token_2022" : "spl_token";
}

std::string expected_transfer(dom::element row) {
    if (text_of(row, "program") == "NULL") {
        return line_of(row, {"kind", "source", "destination", "amount"});
    }
    return line_of(row, {"kind", "program", "mint", "source", "source_owner", "destination",
                         "destination_owner", "authority", "amount"});
}

Lines found_transfers(model::Block const& block) {
    Lines lines;
    Rows const tokens(block.rows.at(2));
    for (std::size_t row = 0; row < tokens.size(); ++row) {
        EXPECT_EQ(tokens.cell("batch_index", row), "-1");
        lines.insert(tokens.line({"signature", "instruction_index", "inner_index", "kind"}, row) +
                     program_name(tokens.cell("program", row)) + ' ' +
                     tokens.line({"mint", "from_token_account", "from_address", "to_token_account",
                                  "to_address", "authority", "amount"},
                                 row));
    }
    Rows const lamports(block.rows.at(3));
    for (std::size_t row = 0; row < lamports.size(); ++row) {
        auto kind = lamports.cell("kind", row);
        if (kind == "transfer") kind = "sol_transfer";
        if (kind == "createAccount") kind = "create_account";
        if (kind == "createAccountWithSeed") kind = "create_account_with_seed";
        lines.insert(lamports.line({"signature", "instruction_index", "inner_index"}, row) + kind +
                     ' ' + lamports.line({"from_address", "to_address", "lamports"}, row));
    }
    return lines;
}

std::string expected_swap(dom::element row) {
    return line_of(row, {"program", "in_mint", "in", "out_mint", "out"}) +
           (text_of(row, "pool") == "NULL" ? "" : text_of(row, "pool") + ' ') +
           (text_of(row, "user") == "NULL" ? "" : text_of(row, "user"));
}

Lines found_swaps(model::Block const& block) {
    Lines lines;
    Rows const swaps(block.rows.at(4));
    for (std::size_t row = 0; row < swaps.size(); ++row) {
        auto line = swaps.line({"signature", "instruction_index", "inner_index", "venue",
                                "input_mint", "input_amount", "output_mint", "output_amount"},
                               row);
        auto const venue = swaps.cell("venue", row);
        if (venue == "jupiter_v6") {
            line += swaps.line({"leg_program"}, row);
        } else {
            if (venue != "pump_fun") line += swaps.line({"pool"}, row);
            line += swaps.cell("trader", row);
        }
        lines.insert(line);
    }
    return lines;
}

std::string difference(Lines const& left, Lines const& right) {
    std::string text;
    Lines lines;
    std::set_difference(left.begin(), left.end(), right.begin(), right.end(),
                        std::inserter(lines, lines.end()));
    for (auto const& line : lines) text += line + '\n';
    return text;
}

model::Block decode_set(std::string const& set) {
    auto const folder = test::shared_data() / "solana";
    auto const answer =
        set.starts_with("block_")
            ? test::block_answer(folder / "blocks" / (set + ".json"))
            : test::transactions_as_block(test::files_in(folder / "transactions" / set, ""));
    // Where a node left out the bytes of instructions, as nodes of old did, moves are missing.
    return BlockDecoder({}).decode(answer, base::Seq(set == "serejke" ? 1 : 400'000'000));
}

// Swaps that are not in the expected files, and why they are right all the same.
Lines right_beside(std::string const& set) {
    // The pool's own instruction, called by the route whose leg is expected, and with the amounts
    // of that leg. Its transfers were recorded in a form without bytes, so the logs tell of it.
    if (set == "serejke") {
        return {
            "4KHPmpbkv28HfhzR1gM1szgtpqg2CLhQo4eo1tD8qctWE4ULYw7fPKuNWPwJjszdq3qin526dC3iYBhcYb"
            "ragwou 5 0 raydium_amm_v4 So11111111111111111111111111111111111111112 10000000 "
            "KnekM3v5WsqvJ6NdZLPvEBeueBMH8iNfWBcHi8r1KGA 1449869193 "
            "AHtazSEVzTZEm7wsStqGoEVxP6tqFATNuMKXDmwWqqm4 "
            "2N9io9YyWirVHGddTSos7a5Z2Fa9hWcnngVXctZ8Gedo"};
    }
    // LaunchLab is not among the venues of the expected files. The vaults gained 1000000000 and
    // lost 96087352138307 by the balances of the transaction.
    if (set == "swap-scan") {
        return {
            "mqSGNwKK8GZW7PztnYDat3F85BWf7JRWfm5k4ToKpKzkoGmQgyr2bwpm47md7jLck4Yc7pmXuciE73Tf8d"
            "T74u8 6 0 raydium_launchlab So11111111111111111111111111111111111111112 1000000000 "
            "AqFe2tk1BRx6czUuRPGUZ8mtvcBGDZYsG6oPvELwzray 96087352138307 "
            "7SUXJsAtzPEY7Aq7e8tRjPJR7VrxUkZ6erKGuprnitNa "
            "FeGbW3kbwQnV42hxUAFfbupVzDU5sKhcHswvtRbrYpn5"};
    }
    return {};
}

class ExpectedRows : public ::testing::TestWithParam<char const*> {};

TEST_P(ExpectedRows, AreFoundAndNoOthers) {
    INDEXER_REQUIRE_SHARED_DATA();
    std::string const set = GetParam();
    auto const block = decode_set(set);
    auto const transfers = read_expected(set + ".transfers.jsonl", expected_transfer);
    auto swaps = read_expected(set + ".swaps.jsonl", expected_swap);
    auto const count = swaps.size();
    swaps.merge(right_beside(set));
    auto const found_transfer_lines = found_transfers(block);
    auto const found_swap_lines = found_swaps(block);
    EXPECT_EQ(difference(transfers, found_transfer_lines), "");
    EXPECT_EQ(difference(found_transfer_lines, transfers), "");
    EXPECT_EQ(difference(swaps, found_swap_lines), "");
    EXPECT_EQ(difference(found_swap_lines, swaps), "");
    for (auto const& letter : block.dead_letters) {
        ADD_FAILURE() << letter.path << ": " << letter.error;
    }
    std::cout << set << ": " << transfers.size() << " transfers, " << count << " swaps\n";
}

INSTANTIATE_TEST_SUITE_P(, ExpectedRows,
                         ::testing::Values("agavesim", "block_18144001", "block_254170887",
                                           "block_332254855", "block_64800004", "serejke", "solnet",
                                           "swap-scan"),
                         [](auto const& test) {
                             std::string name = test.param;
                             std::replace(name.begin(), name.end(), '-', '_');
                             return name;
                         });

}  // namespace
}  // namespace indexer::solana
