#include "stellar/ledger_batch.hpp"

#include <string>

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "tests/support/wire.hpp"

namespace indexer::stellar {
namespace {

using test::Wire;

// An empty ledger of before protocol 20.
std::string ledger(std::uint32_t seq) {
    return Wire()
        .u32(0)
        .key('h')  // its hash
        .u32(19)
        .key('p')  // the header: version, parent
        .key('t')
        .u64(1000)
        .u32(0)
        .u32(0)  // what the validators agreed on
        .key('r')
        .key('b')
        .u32(seq)                          // results, buckets, seq
        .zeros(8 + 8 + 4 + 8 + 4 + 4 + 4)  // totals and parameters
        .zeros(4 * 32)
        .u32(0)
        .u32(0)  // skip list, extensions
        .key('p')
        .u32(0)  // no transactions
        .u32(0)
        .u32(0)
        .u32(0)
        .bytes();
}

TEST(LedgerBatch, HoldsTheLedgersOfItsRange) {
    auto const bytes = Wire().u32(7).u32(8).u32(2).raw(ledger(7)).raw(ledger(8)).bytes();
    xdr::Decoder decoder;
    auto const batch = read_ledger_batch(decoder, bytes);
    EXPECT_EQ(batch.range, base::SeqRange::inclusive(base::Seq(7), base::Seq(8)));
    ASSERT_EQ(batch.ledgers.size(), 2U);
    EXPECT_EQ(batch.ledgers[1].wire(), ledger(8));
    EXPECT_EQ(ledger_seq(batch.ledgers[1]), base::Seq(8));
    EXPECT_EQ(header_entry(batch.ledgers[0])["hash"].bytes(), std::string(32, 'h'));
}

TEST(LedgerBatch, MustHoldAllOfItsRangeInOrder) {
    xdr::Decoder decoder;
    for (auto const& bytes : {
             Wire().u32(7).u32(9).u32(2).raw(ledger(7)).raw(ledger(8)).bytes(),
             Wire().u32(7).u32(8).u32(2).raw(ledger(8)).raw(ledger(7)).bytes(),
             Wire().u32(7).u32(7).u32(1).raw(ledger(8)).bytes(),
             Wire().u32(7).u32(7).u32(0).bytes(),
             Wire().u32(8).u32(7).u32(0).bytes(),
         }) {
        EXPECT_THROW((void)read_ledger_batch(decoder, bytes), base::Error);
    }
}

}  // namespace
}  // namespace indexer::stellar
