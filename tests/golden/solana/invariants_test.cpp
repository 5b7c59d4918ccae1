#include "solana/invariants.hpp"

#include <iostream>
#include <map>

#include <gtest/gtest.h>
#include <simdjson.h>

#include "solana/block_decoder.hpp"
#include "solana/transaction_parser.hpp"
#include "tests/golden/solana/recorded_answers.hpp"
#include "tests/support/shared_data.hpp"

// Which genuine transactions satisfy what every honest answer does. Prints the shares that
// CONTRIBUTING.md has.
namespace indexer::solana {
namespace {

namespace ondemand = json::ondemand;

constexpr std::string_view kLess = "of which not all was recorded";

struct Share {
    std::size_t satisfied = 0;
    std::size_t all = 0;
};

class Shares {
  public:
    // Of each transaction of a block as a node answers with it.
    void count(std::string const& answer, base::Seq slot) {
        ondemand::parser parser;
        ondemand::document document = parser.iterate(simdjson::padded_string_view(answer));
        ondemand::object result = document["result"];
        BlockHeader header;
        header.slot = slot;
        if (std::int64_t time = 0; result["blockTime"].get(time) == simdjson::SUCCESS) {
            header.time = time;
        }
        for (ondemand::object element : result["transactions"].get_array()) {
            count(element, recording_of(header));
        }
    }

    [[nodiscard]] std::map<std::string, Share, std::less<>> const& all() const { return shares_; }

  private:
    void note(std::string_view name, bool satisfied) {
        auto& share = shares_[std::string(name)];
        ++share.all;
        share.satisfied += satisfied ? 1 : 0;
        if (!satisfied && name != kLess)
            std::cout << transaction_.signature << ": " << name << '\n';
    }

    void count(ondemand::object element, Recording recording) {
        try {
            parse_transaction(element, transaction_, Balances::of_all);
        } catch (base::Error const& error) {
            return note("is read: " + std::string(error.what()), false);
        }
        if (!recording.calls) forget_empty_lists(transaction_);
        for (Invariant const& one : invariants()) {
            note(one.violation, one.holds(transaction_, recording));
        }
        note(kLess, unrecorded(transaction_).empty());
        if (!transaction_.executed || transaction_.failed()) return;
        activity_.load(transaction_);
        if (!transaction_.inner_recorded || !recording.calls) return;
        note("balances that moves do not lead to", !activity_.unexplained());
    }

    Transaction transaction_;
    Activity activity_;
    std::map<std::string, Share, std::less<>> shares_;
};

TEST(Invariants, AreSatisfiedByGenuineTransactions) {
    INDEXER_REQUIRE_SHARED_DATA();
    auto const folder = test::shared_data() / "solana";
    Shares shares;
    for (std::uint64_t const slot : {18144001U, 64800004U, 254170887U, 332254855U}) {
        auto const file = "block_" + std::to_string(slot) + ".json";
        shares.count(test::block_answer(folder / "blocks" / file), base::Seq(slot));
    }
    shares.count(test::block_answer(folder / "blocks/getBlock_449391489_excerpt_v1.json"),
                 base::Seq(449'391'489));
    for (auto const& file : test::block_files(folder / "transactions/twiagle-testnet")) {
        shares.count(test::block_answer(file), base::Seq(1));
    }
    for (auto const* set :
         {"transactions/agavesim", "transactions/solnet", "transactions/swap-scan",
          "venues/transactions/agavesim-main", "venues/transactions/metamask-snap",
          "venues/transactions/solana-swap-scan", "venues/transactions/tx-parser"}) {
        auto const files = test::files_in(folder / set, "");
        shares.count(test::transactions_as_block(files), base::Seq(400'000'000));
    }
    for (auto const& [name, share] : shares.all()) {
        std::cout << share.satisfied << " of " << share.all << " are not: " << name << '\n';
        EXPECT_TRUE(name == kLess || share.satisfied == share.all) << name;
    }
}

}  // namespace
}  // namespace indexer::solana
