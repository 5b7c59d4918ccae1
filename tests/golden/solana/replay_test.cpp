#include <algorithm>
#include <iostream>
#include <map>
#include <set>
#include <string>

#include <gtest/gtest.h>
#include <simdjson.h>

#include "solana/block_decoder.hpp"
#include "solana/programs.hpp"
#include "solana/tables.hpp"
#include "tests/golden/solana/recorded_answers.hpp"
#include "tests/support/rows_text.hpp"
#include "tests/support/shared_data.hpp"

// The chain's own balances as judge: what the rows of a transaction say, replayed, must lead from
// the balances before to those after.
namespace indexer::solana {
namespace {

namespace dom = simdjson::dom;

__extension__ typedef __int128 Int128;  // NOLINT(modernize-use-using)

constexpr std::string_view kWrappedSol = "So11111111111111111111111111111111111111112";

// A transaction of October 2022 (chainstorage), recorded without inner instructions: what programs
// moved in it is lost. The one exception.
constexpr std::string_view kWithoutInnerInstructions =
    "5X7cr7bxjwoWvWFvSmVfmF3PhYcid4ojtNGYiDsRRP6P5cfzkahxbZfwH4YDdhy9RnSEyaT255aDw14vis5Qxvqh";

// By signature and account.
using Changes = std::map<std::pair<std::string, std::string>, Int128>;

class Rows {
  public:
    explicit Rows(model::RowBatch const& batch) : batch_(batch) {}

    [[nodiscard]] std::size_t size() const { return batch_.rows(); }
    [[nodiscard]] std::string text(std::string_view column, std::size_t row) const {
        return test::cell_text(batch_.column(index(column)), row);
    }
    [[nodiscard]] Int128 number(std::string_view column, std::size_t row) const {
        return static_cast<Int128>(std::stoull(text(column, row)));
    }

  private:
    [[nodiscard]] std::size_t index(std::string_view column) const {
        std::size_t index = 0;
        while (batch_.table().columns[index].name != column) ++index;
        return index;
    }

    model::RowBatch const& batch_;
};

Changes replay_tokens(Rows const& rows) {
    Changes changes;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        auto const signature = rows.text("signature", row);
        auto const amount = rows.number("amount", row);
        changes[{signature, rows.text("from_token_account", row)}] -= amount;
        changes[{signature, rows.text("to_token_account", row)}] +=
            amount - rows.number("fee", row);
    }
    return changes;
}

// Wrapped SOL is left out, because lamports become wrapped SOL without a transfer.
Changes token_changes(dom::element result) {
    Changes changes;
    for (auto const& transaction : test::successful_transactions(result)) {
        if (transaction.signature == kWithoutInnerInstructions) continue;
        auto const add = [&](char const* key, int sign) {
            dom::array balances;
            if (transaction.meta[key].get(balances) != simdjson::SUCCESS) return;
            for (dom::element const balance : balances) {
                if (std::string_view(balance["mint"]) == kWrappedSol) continue;
                auto const account = std::uint64_t(balance["accountIndex"]);
                std::string_view const amount = balance["uiTokenAmount"]["amount"];
                changes[{transaction.signature, transaction.accounts.at(account)}] +=
                    sign * static_cast<Int128>(std::stoull(std::string(amount)));
            }
        };
        add("preTokenBalances", -1);
        add("postTokenBalances", 1);
    }
    return changes;
}

struct Count {
    std::size_t accounts = 0;
    std::size_t exact = 0;
};

void compare(Changes replayed, Changes const& changes, Count& count) {
    for (auto const& [account, change] : changes) {
        ++count.accounts;
        bool const same = replayed[account] == change;
        count.exact += same ? 1 : 0;
        EXPECT_TRUE(same) << account.first << ' ' << account.second;
    }
}

model::Block decode(std::string const& answer) {
    return BlockDecoder({}).decode(answer, base::Seq(std::uint64_t{1} << 40));
}

void compare_tokens(std::string const& answer, Count& count) {
    dom::parser parser;
    auto const block = decode(answer);
    compare(replay_tokens(Rows(block.rows.at(2))), token_changes(parser.parse(answer)["result"]),
            count);
}

// Transactions that call the system program, and else only programs that move nothing.
bool moves_by_system_program(test::RecordedTransaction const& transaction,
                             dom::element instructions) {
    std::set<std::string_view> const still{programs::kComputeBudget, programs::kMemo1,
                                           programs::kMemo2};
    return std::ranges::all_of(dom::array(instructions), [&](dom::element instruction) {
        auto const& program = transaction.accounts.at(std::uint64_t(instruction["programIdIndex"]));
        return program == programs::kSystem || still.contains(program);
    });
}

// Without the fee, which the first account paid.
Changes lamport_changes(dom::element result) {
    std::map<std::string, dom::element> instructions;
    for (dom::element const element : dom::array(result["transactions"])) {
        dom::element list;
        std::string_view signature;
        auto const transaction = element["transaction"];
        if (transaction["message"]["instructions"].get(list) == simdjson::SUCCESS &&
            transaction["signatures"].at(0).get(signature) == simdjson::SUCCESS) {
            instructions.emplace(signature, list);
        }
    }
    Changes changes;
    for (auto const& transaction : test::successful_transactions(result)) {
        if (!moves_by_system_program(transaction, instructions.at(transaction.signature))) continue;
        dom::array const before = transaction.meta["preBalances"];
        dom::array const after = transaction.meta["postBalances"];
        auto fee = static_cast<Int128>(std::uint64_t(transaction.meta["fee"]));
        for (std::size_t i = 0; i < transaction.accounts.size(); ++i) {
            changes[{transaction.signature, transaction.accounts[i]}] =
                static_cast<Int128>(std::uint64_t(after.at(i))) -
                static_cast<Int128>(std::uint64_t(before.at(i))) + std::exchange(fee, 0);
        }
    }
    return changes;
}

Changes replay_lamports(Rows const& rows) {
    Changes changes;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        auto const signature = rows.text("signature", row);
        changes[{signature, rows.text("from_address", row)}] -= rows.number("lamports", row);
        changes[{signature, rows.text("to_address", row)}] += rows.number("lamports", row);
    }
    return changes;
}

void compare_lamports(std::string const& answer, Count& count) {
    dom::parser parser;
    auto const block = decode(answer);
    compare(replay_lamports(Rows(block.rows.at(3))),
            lamport_changes(parser.parse(answer)["result"]), count);
}

// What transactions paid is the lamports that are gone.
void compare_fees(std::string const& answer) {
    dom::parser parser;
    std::map<std::string, Int128> gone;
    for (auto const& transaction : test::successful_transactions(parser.parse(answer)["result"])) {
        auto& sum = gone[transaction.signature];
        for (std::uint64_t const before : dom::array(transaction.meta["preBalances"]))
            sum += before;
        for (std::uint64_t const after : dom::array(transaction.meta["postBalances"])) sum -= after;
    }
    auto const block = decode(answer);
    Rows const rows(block.rows.at(1));
    for (std::size_t row = 0; row < rows.size(); ++row) {
        auto const known = gone.find(rows.text("signature", row));
        if (known == gone.end()) continue;
        EXPECT_EQ(static_cast<std::int64_t>(known->second),
                  static_cast<std::int64_t>(rows.number("fee", row)))
            << known->first;
    }
}

class Replay : public ::testing::TestWithParam<char const*> {
  protected:
    // The blocks of the folder, and its single transactions together as one.
    [[nodiscard]] static std::vector<std::string> answers() {
        auto const folder = test::shared_data() / "solana" / GetParam();
        std::vector<std::string> answers;  // moved, never copied: a copy has no room for padding
        answers.push_back(test::transactions_as_block(test::files_in(folder, "")));
        for (auto const& file : test::block_files(folder)) {
            answers.push_back(test::block_answer(file));
        }
        return answers;
    }
    static void print(char const* what, Count const& count) {
        std::cout << GetParam() << ": " << what << " of " << count.exact << " of " << count.accounts
                  << " accounts\n";
    }
};

TEST_P(Replay, OfTokenTransfersLeadsToTheBalancesAfter) {
    INDEXER_REQUIRE_SHARED_DATA();
    Count count;
    for (auto const& answer : answers()) compare_tokens(answer, count);
    print("tokens", count);
}

TEST_P(Replay, OfSolTransfersLeadsToTheBalancesAfter) {
    INDEXER_REQUIRE_SHARED_DATA();
    Count count;
    for (auto const& answer : answers()) compare_lamports(answer, count);
    print("lamports", count);
}

TEST_P(Replay, OfFeesConservesLamports) {
    INDEXER_REQUIRE_SHARED_DATA();
    for (auto const& answer : answers()) compare_fees(answer);
}

INSTANTIATE_TEST_SUITE_P(, Replay,
                         ::testing::Values("blocks", "transactions/agavesim", "transactions/blocto",
                                           "transactions/chainstorage", "transactions/solders",
                                           "transactions/solnet", "transactions/swap-scan",
                                           "transactions/twiagle-testnet"));

TEST(Token2022, WithholdsTheFeeThatItsMintAsks) {
    INDEXER_REQUIRE_SHARED_DATA();
    auto const file = test::shared_data() / "solana/blocks/block_332254855.json";
    auto const block = decode(test::block_answer(file));
    Rows const rows(block.rows.at(2));
    std::size_t found = 0;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        if (rows.text("amount", row) != "177753877") continue;
        ++found;
        EXPECT_EQ(rows.text("fee", row), "17775388");  // 10 %, rounded up
    }
    EXPECT_EQ(found, 1U);
}

}  // namespace
}  // namespace indexer::solana
