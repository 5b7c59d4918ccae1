#include "stellar/xdr/decoder.hpp"

#include <optional>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "stellar/xdr/schema.hpp"
#include "tests/support/wire.hpp"

namespace indexer::stellar::xdr {
namespace {

using test::Wire;

std::optional<DecodeError> failure_of(std::string_view type, std::string const& bytes) {
    Decoder decoder;
    try {
        (void)decoder.decode(stellar_schema().type(type), bytes);
    } catch (DecodeError const& error) {
        return error;
    }
    return std::nullopt;
}

void expect_failure(std::string_view type, Wire const& wire, Defect defect, std::string_view path,
                    std::size_t offset) {
    auto const failure = failure_of(type, wire.bytes());
    ASSERT_TRUE(failure) << type;
    EXPECT_EQ(failure->defect(), defect) << failure->what();
    EXPECT_EQ(failure->path(), path);
    EXPECT_EQ(failure->offset(), offset);
}

// A payment, signed once.
Wire payment() {
    return Wire()
        .u32(2)
        .u32(0)
        .key('s')
        .u32(100)
        .u64(7)
        .u32(1)
        .u64(0)
        .u64(9999)  // time bounds
        .u32(1)
        .counted("hello")  // memo
        .u32(1)
        .u32(1)
        .u32(256)
        .u64(42)
        .key('o')  // the operation's own, muxed source
        .u32(1)
        .u32(0)
        .key('d')
        .u32(1)
        .raw("USD")
        .zeros(1)
        .u32(0)
        .key('i')
        .u64(5)
        .u32(0)
        .u32(1)
        .raw("hint")
        .counted("signature");
}

TEST(Decoder, TakesAWholeValueAndNothingElse) {
    EXPECT_FALSE(failure_of("TransactionEnvelope", payment().bytes()));
    auto const size = payment().bytes().size();
    expect_failure("TransactionEnvelope", payment().u32(0), Defect::trailing_bytes,
                   "TransactionEnvelope", size);
}

TEST(Decoder, RefusesAValueCutShortAnywhere) {
    auto const whole = payment().bytes();
    for (std::size_t length = 0; length < whole.size(); ++length) {
        auto const failure = failure_of("TransactionEnvelope", whole.substr(0, length));
        ASSERT_TRUE(failure) << length;
        EXPECT_EQ(failure->defect(), Defect::truncated) << length << ": " << failure->what();
        EXPECT_LE(failure->offset(), length);
    }
}

TEST(Decoder, NamesTheFieldAndTheByte) {
    auto const wire = Wire()
                          .key('h')
                          .u64(100)  // fee
                          .u32(0)    // success,
                          .u32(2)    // with two results:
                          .u32(0)    // the first of an operation
                          .u32(1)    // that was a payment
                          .u32(0)    // and succeeded
                          .u32(99);
    expect_failure("TransactionResultPair", wire, Defect::unknown_case,
                   "TransactionResultPair.result.result.tx_success[1]", 60);
}

TEST(Decoder, SuggestsAnUpgradeWhereTheProtocolMayBeNewer) {
    auto const failure = failure_of("SCVal", Wire().u32(77).bytes());
    ASSERT_TRUE(failure);
    EXPECT_STREQ(failure->what(), "xdr: SCVal: a case this program does not know at byte 0");
    EXPECT_EQ(failure->fault(), base::Fault::not_understood);
    EXPECT_EQ(failure->recovery(), base::Recovery::never);
    EXPECT_NE(failure->hint().find("upgrade"), std::string::npos);
}

TEST(Decoder, RefusesWordsThatMeanNothing) {
    expect_failure("SCVal", Wire().u32(0).u32(2), Defect::bad_flag, "SCVal.bool", 4);
    expect_failure("SCVal", Wire().u32(16).u32(2), Defect::bad_flag, "SCVal.vec", 4);
    expect_failure("AssetType", Wire().u32(4), Defect::unknown_case, "AssetType", 0);
    expect_failure("SCVal", Wire().u32(15).u32(1).raw("abcd"), Defect::nonzero_padding,
                   "SCVal.symbol", 8);
}

TEST(Decoder, RefusesCountsBeyondTheTypesLimit) {
    auto const symbol = Wire().u32(15).counted(std::string(33, 's'));
    expect_failure("SCVal", symbol, Defect::too_long, "SCVal.symbol", 4);
    expect_failure("Transaction", Wire().u32(0).key('s').u32(1).u64(1).u32(0).u32(0).u32(101),
                   Defect::too_long, "Transaction.operations", 56);
}

// The four billion elements that are announced would need more memory than there is.
TEST(Decoder, RefusesCountsThatTheBytesCannotHold) {
    expect_failure("SCVal", Wire().u32(16).u32(1).u32(0xFFFFFFFF), Defect::truncated, "SCVal.vec",
                   12);
    expect_failure("SCVal", Wire().u32(13).u32(0xFFFFFFFF), Defect::truncated, "SCVal.bytes", 8);
    expect_failure("SCVal", Wire().u32(13).u32(0xFFFFFFFD).u32(0), Defect::truncated, "SCVal.bytes",
                   8);
}

TEST(Decoder, GoesAsDeepAsTheNetworkAndNoDeeper) {
    auto const nested = [](int depth) {
        Wire wire;
        for (int i = 0; i < depth; ++i) wire.u32(16).u32(1).u32(1);
        return wire.u32(1);
    };
    EXPECT_FALSE(failure_of("SCVal", nested(100).bytes()));
    auto const failure = failure_of("SCVal", nested(100'000).bytes());
    ASSERT_TRUE(failure);
    EXPECT_EQ(failure->defect(), Defect::too_deep);
}

TEST(Decoder, DecodesAgainAfterAFailure) {
    Decoder decoder;
    auto const& type = stellar_schema().type("SCVal");
    EXPECT_THROW((void)decoder.decode(type, Wire().u32(16).u32(1).u32(5).bytes()), DecodeError);
    auto const bytes = Wire().u32(3).u32(11).bytes();
    EXPECT_EQ(decoder.decode(type, bytes).content()->natural(), 11U);
}

}  // namespace
}  // namespace indexer::stellar::xdr
