#include <map>

#include <gtest/gtest.h>

#include "stellar/identity.hpp"
#include "stellar/ledger_batch.hpp"
#include "stellar/xdr/decoder.hpp"
#include "stellar/xdr/schema.hpp"
#include "tests/simulator/stellar/ledger_view.hpp"
#include "tests/simulator/stellar/seeded_ledgers.hpp"

namespace indexer::simulator::stellar {
namespace {

using indexer::stellar::xdr::Value;

constexpr auto kPassphrase = "Public Global Stellar Network ; September 2015";

// Ledgers 1000 to 1099, the first 13 of protocol 22.
class StellarSeeded : public ::testing::Test {
  protected:
    template <class Use>
    void for_each(Use use, unsigned fork = 0) {
        auto const& type = indexer::stellar::xdr::stellar_schema().type("LedgerCloseMeta");
        for (Slot seq = ledgers_.first(); seq <= ledgers_.last(); ++seq) {
            auto const xdr = ledgers_.meta(seq, fork);
            indexer::stellar::xdr::Decoder decoder;
            use(seq, decoder.decode(type, xdr));
        }
    }

    SeededLedgers ledgers_{{.seed = 7, .count = 100}, kPassphrase};
};

std::int64_t amount_of(Value const& event) {
    auto const data = (*event["body"].content())["data"];
    return static_cast<std::int64_t>((*data.content())["lo"].natural());
}

std::int64_t fees_in(Value const& meta) {
    std::int64_t sum = 0;
    for (auto const event : meta["events"]) sum += amount_of(event["event"]);
    return sum;
}

TEST_F(StellarSeeded, LinksEveryLedgerToTheOneBefore) {
    std::string last;
    for_each([&](Slot seq, Value const& ledger) {
        auto const entry = indexer::stellar::header_entry(ledger);
        EXPECT_EQ(indexer::stellar::ledger_seq(ledger).value(), seq);
        EXPECT_EQ(indexer::stellar::ledger_hash(entry["header"]).bytes(), entry["hash"].bytes());
        if (!last.empty()) {
            EXPECT_EQ(entry["header"]["previous_ledger_hash"].bytes(), last) << seq;
        }
        last = entry["hash"].bytes();
        EXPECT_EQ(ledgers_.head(seq, 0).entry, entry.wire());
    });
}

TEST_F(StellarSeeded, AForkIsAnotherChain) {
    for_each(
        [&](Slot seq, Value const& ledger) {
            auto const hash = indexer::stellar::header_entry(ledger)["hash"].bytes();
            EXPECT_NE(hash, ledgers_.head(seq, 0).hash()) << seq;
        },
        1);
}

TEST_F(StellarSeeded, HasBothVersionsAndAnUpgradeBetweenThem) {
    std::map<std::string, int> versions;
    int upgrades = 0;
    for_each([&](Slot, Value const& ledger) {
        ++versions[std::string(ledger.arm())];
        upgrades += static_cast<int>((*ledger.content())["upgrades_processing"].size());
    });
    EXPECT_EQ(versions, (std::map<std::string, int>{{"v1", 13}, {"v2", 87}}));
    EXPECT_EQ(upgrades, 1);
}

TEST_F(StellarSeeded, EveryResultHasItsEnvelope) {
    std::size_t transactions = 0;
    std::size_t events = 0;
    for (Slot seq = ledgers_.first(); seq <= ledgers_.last(); ++seq) {
        LedgerView const view(ledgers_.meta(seq, 0), kPassphrase);
        transactions += view.transactions.size();
        events += view.events.size();
    }
    EXPECT_GT(transactions, 800U);
    EXPECT_GT(events, transactions);
}

TEST_F(StellarSeeded, FeeEventsAddUpToTheFee) {
    int compared = 0;
    for_each([&](Slot, Value const& ledger) {
        for (auto const processing : (*ledger.content())["tx_processing"]) {
            auto const v4 = processing["tx_apply_processing"].when("v4");
            if (!v4) continue;
            EXPECT_EQ(fees_in(*v4), processing["result"]["result"]["fee_charged"].integer());
            ++compared;
        }
    });
    EXPECT_GT(compared, 500);
}

}  // namespace
}  // namespace indexer::simulator::stellar
