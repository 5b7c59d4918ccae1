#include "stellar/lake/extent.hpp"

#include <filesystem>
#include <fstream>
#include <set>

#include <gtest/gtest.h>

#include "base/error.hpp"
#include "tests/support/temp_folder.hpp"

namespace indexer::stellar {
namespace {

namespace fs = std::filesystem;

using base::Seq;
using base::SeqRange;

LakeManifest const four_by_ten{
    .passphrase = "p", .ledgers_per_batch = 4, .batches_per_partition = 10};

// A lake of which only the keys are known.
class KeysOnly final : public ObjectStore {
  public:
    KeysOnly(std::uint64_t first, std::uint64_t last) {
        for (auto seq = first; seq <= last; ++seq) keys_.insert(four_by_ten.key(Seq(seq)));
    }

    [[nodiscard]] std::string const& name() const noexcept override { return name_; }
    [[nodiscard]] std::optional<base::Body> get(std::string const&, std::stop_token) override {
        return std::nullopt;
    }
    [[nodiscard]] bool has(std::string const& key, std::stop_token) override {
        ++questions;
        return keys_.contains(key);
    }

    int questions = 0;

  private:
    std::string const name_ = "keys";
    std::set<std::string> keys_;
};

TEST(LakeExtent, IsFoundFromAnyLedgerInIt) {
    for (auto const from : {100U, 101U, 103U, 500U, 9'998U, 9'999U}) {
        KeysOnly store(100, 9'999);
        EXPECT_EQ(last_after(store, four_by_ten, Seq(from), {}), Seq(9'999)) << from;
        EXPECT_LT(store.questions, 30) << from;
    }
}

TEST(LakeExtent, IsNotFoundFromOutsideOfIt) {
    KeysOnly store(100, 199);
    EXPECT_EQ(last_after(store, four_by_ten, Seq(99), {}), std::nullopt);
    EXPECT_EQ(last_after(store, four_by_ten, Seq(200), {}), std::nullopt);
}

// As a web server does that answers every path with a page.
class HasEverything final : public ObjectStore {
  public:
    [[nodiscard]] std::string const& name() const noexcept override { return name_; }
    [[nodiscard]] std::optional<base::Body> get(std::string const&, std::stop_token) override {
        return base::body_of("x");
    }
    [[nodiscard]] bool has(std::string const&, std::stop_token) override {
        ++questions;
        return true;
    }

    int questions = 0;

  private:
    std::string const name_ = "everything";
};

TEST(LakeExtent, IsNotBelievedToBeWithoutEnd) {
    HasEverything store;
    try {
        (void)last_after(store, four_by_ten, Seq(100), {});
        FAIL() << "believed";
    } catch (base::Error const& error) {
        EXPECT_EQ(error.fault(), base::Fault::endpoint);
        EXPECT_NE(std::string(error.what()).find("says to have every object"), std::string::npos);
    }
    EXPECT_LT(store.questions, 40);
}

class LakeFolder : public ::testing::Test {
  protected:
    void put(std::string const& key) const {
        fs::create_directories((folder_ / key).parent_path());
        std::ofstream(folder_ / key) << "x";
    }

    test::TempFolder const temporary_;
    fs::path const folder_ = temporary_.path();
};

TEST_F(LakeFolder, SaysByItsNamesWhatItHolds) {
    EXPECT_EQ(extent_of_folder(folder_), std::nullopt);
    put(".config.json");
    for (auto const seq : {100U, 104U, 140U, 184U}) put(four_by_ten.key(Seq(seq)));
    put(four_by_ten.key(Seq(184)) + ".part");  // still being written
    fs::create_directories(folder_ / "notes");
    EXPECT_EQ(extent_of_folder(folder_), SeqRange::inclusive(Seq(100), Seq(187)));
}

TEST_F(LakeFolder, MayHaveNoPartitions) {
    put("FFFFFFF8--7.xdr.zst");
    put("FFFFFFF6--9.xdr.zst");
    EXPECT_EQ(extent_of_folder(folder_), SeqRange::inclusive(Seq(7), Seq(9)));
}

}  // namespace
}  // namespace indexer::stellar
