#include "stellar/lake/manifest.hpp"

#include <gtest/gtest.h>

#include "base/error.hpp"

namespace indexer::stellar {
namespace {

using base::Seq;
using base::SeqRange;

constexpr auto kPubnet =
    R"({"networkPassphrase":"Public Global Stellar Network ; September 2015","version":"1.0",)"
    R"("compression":"zstd","ledgersPerBatch":1,"batchesPerPartition":64000})";

LakeManifest layout(std::uint64_t ledgers, std::uint64_t batches) {
    return {.passphrase = "p", .ledgers_per_batch = ledgers, .batches_per_partition = batches};
}

std::string refusal_of(std::string const& json) {
    try {
        static_cast<void>(read_manifest(json, "lake: /srv"));
    } catch (base::Error const& error) {
        EXPECT_EQ(error.fault(), base::Fault::not_understood);
        return error.what();
    }
    return "";
}

TEST(LakeManifest, IsReadAsGalexieWritesIt) {
    auto const manifest = read_manifest(kPubnet, "lake");
    EXPECT_EQ(manifest.passphrase, "Public Global Stellar Network ; September 2015");
    EXPECT_EQ(manifest.ledgers_per_batch, 1U);
    EXPECT_EQ(manifest.batches_per_partition, 64'000U);
}

TEST(LakeManifest, SaysWhatIsWrongWithIt) {
    EXPECT_EQ(refusal_of("nonsense"), "lake: /srv: .config.json: not a JSON object");
    EXPECT_EQ(refusal_of("{}"), "lake: /srv: .config.json: compression: a text is expected");
    EXPECT_EQ(refusal_of(R"({"compression":"gzip"})"),
              "lake: /srv: .config.json: compression: gzip is not zstd");
    EXPECT_EQ(refusal_of(R"({"compression":"zstd","networkPassphrase":"p","ledgersPerBatch":0})"),
              "lake: /srv: .config.json: ledgersPerBatch: a number from 1 to 1000000 is expected");
}

// Names of the public lake, and of lakes with other layouts.
TEST(LakeManifest, NamesObjectsAsSep54Does) {
    EXPECT_EQ(layout(1, 64'000).key(Seq(2)), "FFFFFFFF--0-63999/FFFFFFFD--2.xdr.zst");
    EXPECT_EQ(layout(1, 64'000).key(Seq(63'092'988)),
              "FC3E15FF--63040000-63103999/FC3D4703--63092988.xdr.zst");
    EXPECT_EQ(layout(64, 10).key(Seq(1'000)), "FFFFFD7F--640-1279/FFFFFC3F--960-1023.xdr.zst");
    EXPECT_EQ(layout(64, 1).key(Seq(1'000)), "FFFFFC3F--960-1023.xdr.zst");
    EXPECT_EQ(layout(1, 1).key(Seq(7)), "FFFFFFF8--7.xdr.zst");
}

TEST(LakeManifest, FindsLedgersInNames) {
    EXPECT_EQ(range_in_name("FFFFFFFD--2.xdr.zst"), SeqRange::single(Seq(2)));
    EXPECT_EQ(range_in_name("FFFFFC3F--960-1023.xdr.zst"),
              SeqRange::inclusive(Seq(960), Seq(1'023)));
    EXPECT_EQ(range_in_name("FFFFFFFF--0-63999"), SeqRange::inclusive(Seq(0), Seq(63'999)));
    for (auto const* other : {"", ".config.json", "FFFFFFFF--", "FFFFFFFF--x", "FFFFFFFF-0-1"}) {
        EXPECT_TRUE(range_in_name(other).empty()) << other;
    }
}

TEST(LakeManifest, PutsEverySeqInOneBatch) {
    EXPECT_EQ(layout(64, 10).batch(Seq(959)), SeqRange::inclusive(Seq(896), Seq(959)));
    EXPECT_EQ(layout(64, 10).batch(Seq(960)), SeqRange::inclusive(Seq(960), Seq(1'023)));
}

}  // namespace
}  // namespace indexer::stellar
